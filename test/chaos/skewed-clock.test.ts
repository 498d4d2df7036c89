import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const preload = new URL("./skewed-clock.ts", import.meta.url).href;
const program = `
  const told = { now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(),
    isDate: new Date() instanceof Date, monotonic: performance.timeOrigin + performance.now() };
  console.log(JSON.stringify(told));`;

test("a skewed clock shifts the wall clock alone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ordna-clock-"));
  try {
    const file = join(folder, "clock");
    const skewMs = 3_600_000;
    writeFileSync(file, String(skewMs));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [`--import=${preload}`, "--input-type=module", "-e", program],
      { env: { PATH: process.env.PATH, CHAOS_CLOCK: file } },
    );
    const told = JSON.parse(stdout);
    const isHourAhead = (at: number) => Math.abs(at - Date.now() - skewMs) < skewMs / 2;
    assert.ok(isHourAhead(told.now), "Date.now()");
    assert.ok(isHourAhead(told.made), "new Date()");
    assert.equal(told.given, 5);
    assert.equal(told.isDate, true);
    assert.ok(Math.abs(told.monotonic - Date.now()) < skewMs / 2, "performance.now()");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
