// More in the world than there should be: only a person can take it back there.
import type { World } from "./world.ts";

export interface Twice {
  readonly store: string;
  readonly reference: string;
  readonly step: string;
  readonly provider: string;
  /** The record that the ledger goes on with. */
  readonly kept: string;
  readonly others: readonly string[];
}

/** Once for each step of an order. */
export async function tellTwice(
  { ledger, stores }: Pick<World, "ledger" | "stores">,
  { store, reference, step, provider, kept, others }: Twice,
): Promise<void> {
  const link = stores.get(store)?.linkTo(reference);
  await ledger.raiseAlert(`twice:${reference}:${step}`, store, reference, {
    severity: "needs-you",
    title: `${reference}: "${step}" was done more than once`,
    lines: [
      `${provider} holds ${[kept, ...others].join(" and ")} for it.`,
      `Ordna goes on with ${kept}. Take back ${others.join(" and ")} at ${provider}.`,
    ],
    ...(link ? { link } : {}),
  });
}
