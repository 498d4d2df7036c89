import type { Database } from "../ledger/database/database.ts";
import { beat } from "../ledger/vital-signs.ts";

const beatMs = 10_000;

/** Says that this worker lives. Resolves to the way to stop. */
export async function showLife(
  db: Database,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  await beat(db);
  const timer = setInterval(() => beat(db).catch(onError), beatMs);
  return async () => clearInterval(timer);
}
