// `ordna backup` while Ordna works, then everything is destroyed, `ordna restore --from`, and the orders finish.
import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { newDatabaseOn, testServer } from "../../src/ledger/database/test-database.ts";
import { demoOrders } from "../../src/sandbox/demo-orders.ts";
import type { Environment } from "../../src/settings.ts";
import { places } from "./places.ts";
import { command, hasDone, isDone, openShop, verdict } from "./remembering-shop.ts";

const manifestOf = (said: Record<string, unknown>) => JSON.stringify(said.manifest);

// The queue is no part of a backup.
for (const [index, place] of places.slice(0, 1).entries()) {
  const port = 21_000 + index * 300;
  test(`a backup that was taken at work brings everything back, and nothing is done twice, ${place.name}`, async () => {
    const home = await place.settle(port);
    const backups = mkdtempSync(join(tmpdir(), "ordna-backups-"));
    const env = { ...home.env, ORDNA_SERVER: `http://127.0.0.1:${port}` };
    const shop = await openShop(home.env);
    const early = demoOrders("backup", new Date()).slice(0, 3);
    try {
      await shop.open();
      const accounting = shop.takeDown("netvisor");
      shop.pay(early);
      await shop.until(early, hasDone("deal", "production-row", "label"));
      const taken = await command(["backup", "--to", backups, "--json"], env);
      assert.equal(taken.error, undefined);
      const folder = String(taken.folder);
      assert.match(manifestOf(taken), /"orders":3,"unfinished":3/);
      assert.match(manifestOf(taken), /"in":"files","files":3/);
      accounting();
      // Paid now: what was paid before the first start is never entered by itself.
      const late = demoOrders("backup", new Date()).slice(3, 5);
      shop.pay(late);
      await shop.until([...early, ...late], isDone);
      await shop.close();

      const { env: lost, drop } = await destroyed(home.env);
      try {
        const shown = await command(["restore", "--from", folder, "--json"], lost);
        assert.deepEqual([shown.restored, shown.orders, shown.unfinished], [false, 3, 3]);
        const back = await command(["restore", "--from", folder, "--yes", "--json"], lost);
        assert.deepEqual(
          [back.restored, back.orders, back.files],
          [true, 3, 3],
          String(back.error),
        );
        const again = await openShop(lost, shop.sandbox);
        try {
          await again.open();
          await again.until([...early, ...late], isDone);
        } finally {
          await again.close();
        }
        const { lost: missing, duplicates, findings } = verdict([...early, ...late], shop.sandbox);
        assert.deepEqual(findings, []);
        assert.deepEqual([missing, duplicates], [0, 0]);
      } finally {
        await drop();
      }
    } finally {
      await shop.close();
      await shop.sandbox.close();
      await home.remove();
      rmSync(backups, { recursive: true, force: true });
    }
  });
}

/** The ledger and the files are gone. On a server the backup goes into a new, empty database. */
async function destroyed(env: Environment): Promise<{ env: Environment; drop(): Promise<void> }> {
  const data = env.ORDNA_DATA ?? "";
  rmSync(join(data, "files"), { recursive: true });
  if (env.DATABASE_URL === undefined) {
    rmSync(join(data, "ledger"), { recursive: true });
    return { env, drop: async () => {} };
  }
  const { url, drop } = await newDatabaseOn(testServer ?? "");
  return { env: { ...env, DATABASE_URL: url }, drop };
}

const [place] = places;

test("a backup of an Ordna that is stopped; a damaged one, or one of a full database, is not put back", async () => {
  assert.ok(place);
  const home = await place.settle(21_900);
  const backups = mkdtempSync(join(tmpdir(), "ordna-backups-"));
  const run = (...args: string[]) => command([...args, "--json"], home.env);
  try {
    const first = await run("backup", "--to", backups, "--keep", "1");
    assert.deepEqual(first.removed, [], String(first.error));
    const folder = String(first.folder);
    if (home.env.DATABASE_URL) {
      const full = await run("restore", "--from", folder, "--yes");
      assert.match(String(full.error), /is not empty.*createdb/s);
    } else {
      const back = await run("restore", "--from", folder, "--yes");
      assert.equal(back.restored, true, String(back.error));
      assert.ok(existsSync(String(back.aside)), "what was there is kept");
    }
    appendFileSync(join(folder, "SHA256SUMS"), "\n");
    const damaged = await run("restore", "--from", folder, "--yes");
    assert.match(String(damaged.error), /is damaged: 1 files changed/);
    const second = await run("backup", "--to", backups, "--keep", "1");
    assert.deepEqual(readdirSync(backups), [String(second.folder).split("/").at(-1)]);
    assert.match(String((await run("restore", "--from", backups)).error), /is no backup/);
  } finally {
    await home.remove();
    rmSync(backups, { recursive: true, force: true });
  }
});
