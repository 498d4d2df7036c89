// A person says what a failure is that no connector foresaw: later ones that are alike go by that name.
import { z } from "zod";
import { lockBulk } from "../ledger/decisions/bulk.ts";
import {
  causeName,
  isCauseAtHand,
  keepCauseName,
  type UnknownCause,
} from "../ledger/decisions/cause-names.ts";
import { DecisionRefused, type Made, type Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, recordDecision } from "../ledger/decisions/record-decision.ts";
import type { Desk } from "./desk.ts";

const named = z.object({ name: z.string() });

export function nameCause(
  { db }: Pick<Desk, "db">,
  { provider, operation, fingerprint, name, ...wish }: Wish & UnknownCause & { name: string },
): Promise<Made<z.infer<typeof named>>> {
  const cause = { provider, operation, fingerprint };
  const about = { ...wish, what: "cause.name", asked: { ...cause, name } };
  return db.transaction(async (tx) => {
    await lockBulk(tx, `cause/${fingerprint}`);
    const known = await knownDecision(tx, about);
    if (known) return { number: known.number, isRepeat: true, after: named.parse(known.after) };
    const before = await causeName(tx, cause);
    if (before === undefined && !(await isCauseAtHand(tx, cause))) {
      throw new DecisionRefused("Nothing waits for such a failure any more.");
    }
    const change = { before: { name: before ?? null }, after: { name } };
    const { number } = await recordDecision(tx, { ...about, ...change });
    await keepCauseName(tx, cause, name, number);
    return { number, isRepeat: false, after: { name } };
  });
}
