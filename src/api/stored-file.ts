import { storedFileOutput } from "../connector-kit/outputs.ts";
import type { World } from "../worker/world.ts";

/** The document that a step kept: a label, an invoice. */
export async function openStoredFile(
  world: World,
  reference: string,
  stepName: string,
): Promise<Response | undefined> {
  const order = await world.ledger.loadOrder(reference);
  const output = order?.steps.find((step) => step.name === stepName)?.output;
  const file = storedFileOutput.safeParse(output);
  const store = order && world.stores.get(order.order.store);
  if (!file.success || !store) return undefined;
  const endsAt = world.clock.monotonicMs() + 15_000;
  const send = world.sendUntil(store.filesAccount, () => endsAt - world.clock.monotonicMs());
  const bytes = await store.open(file.data, send);
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": file.data.mediaType,
      "content-disposition": `inline; filename="${file.data.fileName.replaceAll(/[^\w.-]/g, "_")}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}
