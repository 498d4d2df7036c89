import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openEmbedded } from "../../src/ledger/database/embedded.ts";
import { testCacheFolder, testServer } from "../../src/ledger/database/test-database.ts";
import { freePort } from "../crash/free-port.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;

if (testServer === undefined) {
  test("a second program on the same folder is refused, says what to do, and harms nothing", async () => {
    const data = mkdtempSync(join(tmpdir(), "ordna-second-"));
    const open = () => openEmbedded({ folder: join(data, "ledger"), cacheFolder: testCacheFolder });
    const first = await open();
    await first.query("create table note (id int primary key)");
    await assert.rejects(open(), { name: "FolderInUse" });
    for (const command of [["migrate"], ["serve"], ["start"]]) {
      const { code, said } = await ordna(command, data);
      assert.equal(code, 1, `${command}: ${said}`);
      assert.match(
        said,
        new RegExp(`process ${process.pid}\\b.*Stop it.*ORDNA_DATA`),
        `${command}`,
      );
      assert.doesNotMatch(said, /\n +at /, "no stack, but a sentence");
    }
    await first.query("insert into note values (1)");
    await first.close();
    const again = await open();
    assert.deepEqual((await again.query("select id from note", [])).rows, [{ id: 1 }]);
    await again.close();
    rmSync(data, { recursive: true });
  });
}

async function ordna(command: readonly string[], data: string) {
  const env = {
    PATH: process.env.PATH,
    ORDNA_DATA: data,
    ORDNA_CACHE: testCacheFolder,
    ORDNA_PORT: String(await freePort()),
    ORDNA_SANDBOX_PORT: String(await freePort()),
  };
  return new Promise<{ code: unknown; said: string }>((resolve) => {
    execFile(process.execPath, [main, ...command], { env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error ? error.code : 0, said: `${out}${err}` }),
    );
  });
}
