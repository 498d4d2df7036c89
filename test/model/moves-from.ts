import { ledgerMoves } from "./ledger-moves.ts";
import { providerMoves } from "./provider-moves.ts";
import type { Rules } from "./rules.ts";
import type { Move, State } from "./step-state.ts";
import { workerMoves } from "./worker-moves.ts";

/** All that may happen next. */
export function movesFrom(state: State, rules: Rules): Move[] {
  return [
    ...ledgerMoves(state, rules),
    ...workerMoves(state, rules),
    ...providerMoves(state, rules),
  ];
}
