// kill -9 in the middle, again and again. The simulated providers' journals are the only judge.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { testCacheFolder, testServer } from "../../src/ledger/database/test-database.ts";
import { listOrders } from "../../src/ledger/list-orders.ts";
import { demoOrders } from "../../src/sandbox/demo-orders.ts";
import { playDemo } from "../../src/sandbox/play-demo.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { scoreOf } from "../../src/sandbox/score.ts";
import { type Environment, readSettings } from "../../src/settings.ts";
import { startOrdna } from "../../src/start-ordna.ts";
import { places } from "./places.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;
const expected = { orders: 24, done: 23, attention: 1, waiting: 0, lost: 0, duplicates: 0 };

function ordna(args: readonly string[], env: Environment): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

if (testServer === undefined) {
  test("a demo that is killed four times ends with nothing lost and nothing twice", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ordna-killed-"));
    const env = { ORDNA_CACHE: testCacheFolder };
    const args = ["demo", "--json", "--data", folder];
    try {
      for (const afterMs of [2500, 3500, 3000, 5000]) {
        const child = ordna(args, env);
        await sleep(afterMs);
        await kill(child);
      }
      const last = ordna(args, env);
      let output = "";
      last.stdout?.on("data", (chunk) => {
        output += String(chunk);
      });
      const [code] = await once(last, "exit");
      const {
        p50_ms: _p50,
        p95_ms: _p95,
        ...score
      } = JSON.parse(output.trim().split("\n").at(-1) ?? "");
      assert.deepEqual(score, expected, output);
      assert.equal(code, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
} else {
  for (const [index, place] of places.entries()) {
    test(`workers that are killed again and again lose nothing and repeat nothing, ${place.name}`, async () => {
      const home = await place.settle(17_000 + index * 300);
      const { config, settings } = await loadConfig(readSettings(home.env));
      const sandbox = await openSandbox(config, settings);
      const web = await startOrdna({
        config,
        settings,
        role: "web",
        sandbox,
        simulators: sandbox.simulators,
        onError: () => {},
      });
      const stopKilling = new AbortController();
      const killing = killWorkers(home.env, stopKilling.signal);
      try {
        sandbox.deliverTo(web.url ?? "");
        const demo = demoOrders("killed", new Date());
        const stage = {
          sandbox,
          store: "pikkuna",
          orders: async () => (await listOrders(web.db, { limit: 200 })).orders,
          onScene: () => {},
        };
        setTimeout(() => stopKilling.abort(), 15_000);
        const { orders } = await playDemo(stage, demo, 150_000);
        const { score, findings } = scoreOf(demo, orders, sandbox.records());
        const { p50_ms: _p50, p95_ms: _p95, ...counted } = score;
        assert.deepEqual(findings, []);
        assert.deepEqual(counted, expected);
      } finally {
        stopKilling.abort();
        for (const worker of await killing) await kill(worker);
        await sandbox.stopDelivering();
        await web.close();
        await sandbox.close();
        await home.remove();
      }
    });
  }
}

/** Two workers; every two seconds one of them dies and another takes its place, until told to stop. */
async function killWorkers(env: Environment, signal: AbortSignal): Promise<ChildProcess[]> {
  const start = () => ordna(["serve", "--role", "worker"], env);
  const workers = [start(), start()];
  for (let turn = 0; !signal.aborted; turn = 1 - turn) {
    await sleep(2000, undefined, { signal }).catch(() => {});
    const victim = workers[turn];
    if (signal.aborted || !victim) break;
    await kill(victim);
    workers[turn] = start();
  }
  return workers;
}
