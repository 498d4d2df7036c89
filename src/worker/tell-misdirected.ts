// Events that should go elsewhere are told once for a store, an account and a day: each of them is kept, and ignored.
import type { Misdirected } from "../connector-kit/roles.ts";
import type { World } from "./world.ts";

export async function tellMisdirected(
  { ledger, clock }: Pick<World, "ledger" | "clock">,
  store: string,
  reason: string,
  { from, advice }: Misdirected,
): Promise<void> {
  const day = clock.now().toISOString().slice(0, 10);
  await ledger.raiseAlert(`misdirected:${store}:${from}:${day}`, store, undefined, {
    severity: "needs-you",
    title: `${store} gets events that are not for it`,
    lines: [reason, "They are kept, and open no order.", advice],
  });
}
