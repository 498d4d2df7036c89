import type { Database } from "../../src/ledger/database/database.ts";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";

/** As if Ordna had begun, and looked for lost webhooks, so long ago: the next start looks at once. */
export async function makeUnheardDue(db: Database, store: string, agoMs: number): Promise<void> {
  const at = Date.now() - agoMs;
  const memory = { begunAt: at, eventsUntil: at, objectsUntil: at };
  await sqlReconcilerLedger(db).remember(`reconcile:${store}`, JSON.stringify(memory));
  await db.query("update due set due_at = now() where subject = $1", [`reconcile/${store}`]);
}
