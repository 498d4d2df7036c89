// The model is worth what it has in common with the ledger: both are led through the same walks.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Claim, Ending as LedgerEnding } from "../../src/ledger/ledger.ts";
import {
  anAlert,
  aStep,
  claimBy,
  endings,
  letTimePass,
  openOrderWith,
  openTestLedger,
  type TestLedger,
} from "../../src/ledger/test-ledger.ts";
import { movesFrom } from "./moves-from.ts";
import { ledgerRules, type Rules } from "./rules.ts";
import { seededRandom } from "./seeded-random.ts";
import { type Ending, type LedgerAct, type Move, type State, start } from "./step-state.ts";

const leaseMs = 60_000;
const settleMs = 600_000;
const name = "step";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const repeats: readonly Rules["repeat"][] = ["look-first", "safe", "ask-operator"];
for (const repeat of repeats) {
  describe(`the ledger does what the model says: ${repeat}`, () => {
    for (let seed = 1; seed <= 10; seed++) {
      test(`walk ${seed}`, () => walk({ ...ledgerRules, repeat }, seededRandom(seed)));
    }
  });
}

async function walk(rules: Rules, random: () => number): Promise<void> {
  const reference = await openOrderWith(opened.ledger, [aStep(name, { settleMs })]);
  const claims = new Map<number, Claim>();
  const way: string[] = [];
  let state = start;
  for (let count = 0; count < 50; count++) {
    const moves = movesFrom(state, rules);
    if (!moves.some(({ act }) => act?.ask === "claim")) {
      assert.equal(await claim(reference, "worker-3"), undefined, `${way.join("\n")}\nclaimed`);
    }
    const move = moves[Math.floor(random() * moves.length)];
    if (!move) break;
    way.push(move.words);
    if (move.act) await perform(move.act, move, state, reference, claims);
    state = move.next;
    assert.deepEqual(await standingOf(reference), standingIn(state), way.join("\n"));
  }
}

function claim(reference: string, owner: string): Promise<Claim | undefined> {
  return claimBy(opened.ledger, reference, name, { owner, leaseMs });
}

async function perform(
  act: LedgerAct,
  move: Move,
  state: State,
  reference: string,
  claims: Map<number, Claim>,
): Promise<void> {
  const { ledger, db } = opened;
  switch (act.ask) {
    case "claim": {
      const claimed = await claim(reference, `worker-${act.by}`);
      assert.ok(claimed, "not to be had");
      assert.equal(claimed.isRepeat, move.next.isInDoubt);
      claims.set(act.by, claimed);
      return;
    }
    case "finish": {
      const claimed = claims.get(act.by);
      assert.ok(claimed);
      const changed = await ledger.finish(claimed, endingFor(act, reference));
      assert.equal(changed !== undefined, move.next.step !== state.step);
      return;
    }
    case "refuse": {
      const step = { reference, run: `${reference}-paid`, name, store: "pikkuna" };
      const trouble = { cause: "input.changed", message: "It was sent with other data." } as const;
      return ledger.refuse(step, trouble, anAlert);
    }
    case "retry":
      assert.equal(await ledger.retry(reference, name), true);
      return;
    case "take over":
      return ledger.takeOver();
    case "let the lease end":
      return letTimePass(db, leaseMs + 5000);
    case "let it settle":
      return letTimePass(db, settleMs + 5000);
  }
}

function endingFor(act: LedgerAct & { ask: "finish" }, reference: string): LedgerEnding {
  const ended: Readonly<Record<Ending, () => LedgerEnding>> = {
    done: () => endings.done(reference),
    retry: () => endings.retry({ isParked: act.isParked ?? false }),
    "retry, absent": () => endings.retry({ wasAbsent: true, isParked: act.isParked ?? false }),
    unknown: () => endings.unknown(settleMs),
    failed: () => endings.attention(),
    "failed, absent": () => endings.attention({ wasAbsent: true }),
    "in doubt": () => endings.attention({ isInDoubt: true, delayMs: settleMs }),
  };
  return ended[act.isTaken ? "in doubt" : act.ending]();
}

interface Standing {
  readonly step: string;
  readonly isInDoubt: boolean;
  readonly isLeased: boolean;
  readonly isDue: boolean;
}

async function standingOf(reference: string): Promise<Standing | undefined> {
  const { rows } = await opened.db.query<Standing>(
    `select state as step, in_doubt as "isInDoubt",
       state = 'running' and lease_until > now() as "isLeased",
       case when state = 'running' then lease_until + settle_ms * interval '1 ms' <= now()
         else state = 'done' or not_before <= now() end as "isDue"
     from step where run = $1 and name = $2`,
    [`${reference}-paid`, name],
  );
  return rows[0] && { ...rows[0] };
}

function standingIn({ step, isInDoubt, isLeased, isDue }: State): Standing {
  return { step, isInDoubt, isLeased, isDue };
}
