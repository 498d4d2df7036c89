import { randomUUID } from "node:crypto";
import type { Database } from "./database/database.ts";
import { recall } from "./installation.ts";

/** Names this ledger for ever, so that what it keeps elsewhere (in Redis) is never mistaken for another's. */
export async function installationId(db: Database): Promise<string> {
  await db.query(
    "insert into installation (name, value) values ('id', $1) on conflict (name) do nothing",
    [randomUUID()],
  );
  const id = await recall(db, "id");
  if (id === undefined) throw new Error("The ledger does not know its own name.");
  return id;
}
