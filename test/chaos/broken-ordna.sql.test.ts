import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chaos, isSecondLap } from "./short-lap-for-tests.ts";

if (isSecondLap) {
  test("an Ordna that acknowledges what it did not write down is caught: orders are lost", async () => {
    const { code, output, counts } = await brokenBy("hasty-door", 10, "--backend", "postgres");
    assert.ok(Number(counts.lost) > 0, output);
    assert.equal(code, 1, output);
  });
} else {
  test("an Ordna that does not look before it repeats is caught: the judge finds duplicates", async () => {
    const { code, output, counts } = await brokenBy("never-looks", 20);
    assert.ok(Number(counts.duplicates) > 0, output);
    assert.equal(code, 1, output);
  });
}

async function brokenBy(name: string, orders: number, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "ordna-chaos-"));
  try {
    return await chaos("--broken", name, "--orders", String(orders), "--folder", folder, ...args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
