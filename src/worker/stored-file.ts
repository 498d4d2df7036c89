import type { StoredFile } from "../connector-kit/action.ts";
import { storedFileOutput } from "../connector-kit/outputs.ts";
import { deadline } from "./deadline.ts";
import type { World } from "./world.ts";

export interface OpenedFile {
  readonly file: StoredFile;
  readonly bytes: Uint8Array;
}

const patienceMs = 15_000;

/** The document that a step kept: a label, an invoice. Undefined when that step kept none. */
export async function openStoredFile(
  world: World,
  reference: string,
  stepName: string,
): Promise<OpenedFile | undefined> {
  const order = await world.ledger.loadOrder(reference);
  const output = order?.steps.find((step) => step.name === stepName)?.output;
  const file = storedFileOutput.safeParse(output);
  const store = order && world.stores.get(order.order.store);
  if (!file.success || !store) return undefined;
  const send = world.sendUntil(store.filesAccount, deadline(world.clock, patienceMs));
  return { file: file.data, bytes: await store.open(file.data, send) };
}
