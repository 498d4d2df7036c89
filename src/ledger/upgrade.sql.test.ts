// A ledger that an earlier release made and worked in goes on under this one.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { migrate } from "./database/migrate.ts";
import { openTestDatabase } from "./database/test-database.ts";
import { dueIndex } from "./due-index.ts";
import { migrationsFolder } from "./open-database.ts";

test("wake-ups of the first release are kept, and new ones get higher numbers", async () => {
  const { db, close } = await openTestDatabase();
  const first = mkdtempSync(join(tmpdir(), "ordna-first-release-"));
  try {
    for (const name of ["0001-ledger.sql", "0002-guards.sql"]) {
      cpSync(join(migrationsFolder(), name), join(first, name));
    }
    await migrate(db, first);
    await db.query("insert into due (subject, due_at, wakes) values ('order/OLD', now(), 41)");
    await migrate(db, migrationsFolder());
    const due = dueIndex(db);
    const [old] = await due.take(10, 60_000);
    assert.deepEqual(old, { subject: "order/OLD", wakes: 41 });
    await due.wake("order/OLD");
    await due.settle({ subject: "order/OLD", wakes: 41 }, undefined);
    const [again] = await due.take(10, 60_000);
    assert.equal(again?.subject, "order/OLD", "who settles late does not end the new wake-up");
    assert.ok((again?.wakes ?? 0) > 41);
  } finally {
    rmSync(first, { recursive: true, force: true });
    await close();
  }
});
