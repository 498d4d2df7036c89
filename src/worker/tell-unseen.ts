// A look that does not show what is there would let a repeated change through: people learn it before that happens.
import type { DoubtfulEffect } from "../ledger/audit-ledger.ts";
import type { World } from "./world.ts";

const hourMs = 3600_000;

/** Once for an account and a day, and not while its lists may still lag. */
export async function tellUnseen(
  { ledger, clock }: Pick<World, "ledger" | "clock">,
  { store, reference, step, account, externalId, ageMs }: DoubtfulEffect,
  provider: string,
): Promise<void> {
  if (ageMs < hourMs) return;
  const day = clock.now().toISOString().slice(0, 10);
  await ledger.raiseAlert(`unseen:${account}:${day}`, store, reference, {
    severity: "warning",
    title: `${provider} does not show what it has confirmed`,
    lines: [
      `It confirmed ${externalId} for "${step}" of ${reference}, and does not list it now.`,
      "Was it deleted there? If not, its look-up cannot be relied on: tell whoever looks after Ordna.",
    ],
  });
}
