// kill -9 by the process itself at each seam, one life after another on the same ledger. Then everything must come to
// rest with nothing lost, nothing twice and nothing stuck, and the simulated providers' journals are the judge.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Place } from "../journey/places.ts";
import { type CrashLap, openCrashLap } from "./crash-lap.ts";
import { freePort } from "./free-port.ts";
import { type Seam, seams } from "./seams.ts";

export function crashAtEverySeam(place: Place): void {
  describe(`a process that dies at every seam, ${place.name}`, { concurrency: 1 }, () => {
    let lap: CrashLap;
    let remove: () => Promise<void>;

    before(async () => {
      const home = await place.settle(await freePort(), true);
      // A cache of its own, because making the first database is a part of the lap.
      const cache = mkdtempSync(join(tmpdir(), "ordna-crash-cache-"));
      lap = await openCrashLap({ ...home.env, ORDNA_CACHE: cache });
      remove = async () => {
        await home.remove();
        rmSync(cache, { recursive: true, force: true });
      };
    });
    after(async () => {
      await lap.close();
      await remove();
    });

    for (const seam of seamsOf(place)) {
      test(`dies: ${seam.name.replaceAll("-", " ")}`, async () => {
        const { signal, said } = await lap.crash(seam);
        assert.ok(said.includes(`crashes at ${seam.name}`), said.slice(-20).join("\n"));
        assert.equal(signal, "SIGKILL");
      });
    }

    test("and afterwards nothing is lost, nothing is there twice, and nothing is stuck", async () => {
      await lap.rest();
      const { lost, duplicates, findings } = lap.judge();
      assert.deepEqual({ lost, duplicates, findings }, { lost: 0, duplicates: 0, findings: [] });
      // Whoever dies over an earlier order before it is up pays none: how many do depends on the machine.
      const paid = lap.references().length;
      assert.ok(paid > 20, `orders were paid on the way: ${paid}`);
    });

    test("every order that needs a person was told of at most once", () => {
      const alerts = lap.records().filter(({ kind }) => kind === "alert");
      const told = alerts.map(({ reference, fields }) => reference || JSON.stringify(fields));
      assert.deepEqual(told.length, new Set(told).size);
      assert.ok(told.length > 0, "people were told of something");
    });

    test("the ledger says of every order what the providers hold", async () => {
      const rows = await lap.inLedger(async (db) => {
        const sql = "select reference, state from orders order by reference";
        return (await db.query<{ reference: string; state: string }>(sql, [])).rows;
      });
      const expected = lap.references().map((o) => ({ reference: o.reference, state: o.expected }));
      expected.sort((a, b) => (a.reference < b.reference ? -1 : 1));
      assert.deepEqual(rows, expected);
    });
  });
}

function seamsOf({ name }: Place): readonly Seam[] {
  const kind = name === "embedded" ? "embedded" : name.includes("Redis") ? "redis" : undefined;
  return seams.filter(({ only }) => only === undefined || only === kind);
}
