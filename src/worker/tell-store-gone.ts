// An event of a store that the configuration does not name waits. Whoever has a chat is told once a day.
import type { World } from "./world.ts";

export async function tellStoreGone({ ledger, stores, clock }: World, gone: string): Promise<void> {
  // The store that it belongs to has no chat any more: any other one will do.
  const [heard] = stores.keys();
  if (heard === undefined) return;
  const day = clock.now().toISOString().slice(0, 10);
  await ledger.raiseAlert(`store-gone:${gone}:${day}`, heard, undefined, {
    severity: "needs-you",
    title: `No store is called "${gone}" any more`,
    lines: [
      "Events of Stripe wait for it: paid orders, perhaps.",
      `Put "${gone}" back into ordna.config.ts and start anew: they go on by themselves.`,
    ],
  });
}
