// What is forgotten every night, and what is told or forgotten when a customer asks.
import { exportCustomer } from "../ledger/customer-export.ts";
import type { Database } from "../ledger/database/database.ts";
import type { Wish } from "../ledger/decisions/decide.ts";
import { sqlPrivacyLedger } from "../ledger/privacy-ledger.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { type RetentionDays, retention } from "./retention.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

export function forgetting(
  world: World,
  db: Database,
  shelves: ReadonlyMap<string, Shelf>,
  days: RetentionDays,
) {
  const ledger = sqlPrivacyLedger(db);
  const work = { world, ledger, shelves, invoiceDays: days.invoices };
  return {
    round: retention(world, ledger, shelves, days),
    customers: {
      erase: (email: string, wish?: Wish) => eraseCustomer(work, email, wish),
      export: (email: string) => exportCustomer(db, email),
      removal: ledger.removal,
    },
  };
}
