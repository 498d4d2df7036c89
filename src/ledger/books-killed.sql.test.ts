// kill -9 between the number and its commit, and between the commit and the answer.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Environment, readSettings } from "../settings.ts";
import { sqlBooks } from "./books.ts";
import { newDatabaseOn, testCacheFolder, testServer } from "./database/test-database.ts";
import { listDocuments } from "./list-documents.ts";
import { openLedgerDatabase } from "./open-database.ts";

async function home(): Promise<{ env: Environment; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "ordna-books-"));
  const env = { ORDNA_DATA: folder, ORDNA_CACHE: testCacheFolder };
  const removeFolder = async () => rmSync(folder, { recursive: true, force: true });
  if (testServer === undefined) return { env, remove: removeFolder };
  const { url, drop } = await newDatabaseOn(testServer);
  return {
    env: { ...env, DATABASE_URL: url },
    remove: async () => {
      await removeFolder();
      await drop();
    },
  };
}

/** A process that issues one invoice and dies at that place. */
async function dies(
  env: Environment,
  key: string,
  when: "while it is written" | "when it is done",
) {
  const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `
    import { readSettings } from ${at("../settings.ts")};
    import { openLedgerDatabase } from ${at("open-database.ts")};
    import { sqlBooks } from ${at("books.ts")};
    import { money } from ${at("../order/money.ts")};
    const die = () => process.kill(process.pid, "SIGKILL");
    const db = await openLedgerDatabase(readSettings(process.env));
    const dying = { ...db, transaction: (work) => db.transaction(async (tx) => {
      const value = await work(tx);
      // The row is written, the commit is not.
      if (${JSON.stringify(when)} === "while it is written") { die(); await new Promise(() => {}); }
      return value;
    }) };
    await sqlBooks(dying).issue(${aWish(key)});
    die();
  `;
  const args = ["--input-type=module", "--eval", program];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = await once(child, "exit");
  assert.equal(signal, "SIGKILL");
}

const aWish = (key: string) => `{
  books: "killed", key: ${JSON.stringify(key)}, kind: "invoice", store: "pikkuna", reference: "ABCDEFGHJK1234",
  series: { prefix: "2026-", first: 1, digits: 5 }, today: "2026-11-23",
  compose: ({ label, issuedOn }) => ({
    net: money(100, "EUR"), vat: money(25, "EUR"), gross: money(125, "EUR"),
    content: { number: label, issuedOn },
  }),
}`;

test("a process that is killed while it issues leaves a whole invoice or none, and never a gap", async () => {
  const { env, remove } = await home();
  try {
    await dies(env, "A", "while it is written");
    await dies(env, "B", "when it is done");
    await dies(env, "A", "while it is written");
    const db = await openLedgerDatabase(readSettings(env));
    try {
      const { money } = await import("../order/money.ts");
      const issue = (key: string) =>
        sqlBooks(db).issue({
          ...{ books: "killed", key, kind: "invoice", store: "pikkuna", today: "2026-11-23" },
          ...{ reference: "ABCDEFGHJK1234", series: { prefix: "2026-", first: 1, digits: 5 } },
          compose: ({ label, issuedOn }) => ({
            ...{ net: money(100, "EUR"), vat: money(25, "EUR"), gross: money(125, "EUR") },
            content: { number: label, issuedOn },
          }),
        });
      assert.equal((await issue("B")).label, "2026-00001", "its answer was lost, not its invoice");
      assert.equal((await issue("A")).label, "2026-00002");
      const { invoices } = await listDocuments(db, { limit: 10 });
      assert.deepEqual(
        invoices.map(({ number }) => number),
        ["2026-00001", "2026-00002"],
      );
    } finally {
      await db.close();
    }
  } finally {
    await remove();
  }
});
