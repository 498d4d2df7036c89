import type { PrivacyLedger } from "../ledger/privacy-ledger.ts";
import { deadline } from "./deadline.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

const patienceMs = 15_000;

/** Removes the files of an order that `isMeant`, and says so in the ledger; gives how many. */
export async function removeFiles(
  { world, ledger }: { readonly world: World; readonly ledger: PrivacyLedger },
  shelf: Shelf,
  reference: string,
  isMeant: (action: string) => boolean,
  why: string,
): Promise<number> {
  const files = (await ledger.filesOf(reference)).filter(({ action }) => isMeant(action));
  for (const kept of files) {
    await shelf.remove(
      kept.file,
      world.sendUntil(shelf.account, deadline(world.clock, patienceMs)),
    );
    // Marked afterwards: removing it once more is harmless, a file that is only said to be gone is not.
    await ledger.markRemoved(kept, why);
  }
  return files.length;
}
