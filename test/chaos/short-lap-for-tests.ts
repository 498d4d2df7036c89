// Chaos as a user runs it, short enough for every run of the tests.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { testServer } from "../../src/ledger/database/test-database.ts";
import type { Backend } from "./strikes.ts";

const main = new URL("./main.ts", import.meta.url).pathname;

/** The embedded database has its turn in the first lap of the tests, the servers in the second. */
export const isSecondLap = testServer !== undefined;
export const isWithRedis = isSecondLap && process.env.ORDNA_TEST_REDIS !== undefined;

export async function everythingOnce(backend: Backend): Promise<void> {
  const { code, output, counts } = await chaos("--backend", backend, "--orders", "24");
  const { lost, duplicates, half_done, undelivered, orders } = counts;
  const found = { orders, lost, duplicates, half_done, undelivered };
  const clean = { orders: 24, lost: 0, duplicates: 0, half_done: 0, undelivered: 0 };
  assert.deepEqual(found, clean, output);
  assert.equal(code, 0, output);
  assert.ok(Number(counts.faults) > 20, `only ${counts.faults} faults`);
}

export async function chaos(...args: string[]) {
  const child = spawn(process.execPath, [main, "--json", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const [code] = await once(child, "close");
  const last = output.trim().split("\n").at(-1) ?? "";
  const counts: Record<string, unknown> = last.startsWith("{") ? JSON.parse(last) : {};
  return { code, output: `${output}${errors}`, counts };
}
