import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seams } from "./seams.ts";
import { waits } from "./waits.ts";
import { shortenWait, wrapFunction } from "./wrap-function.ts";

const root = join(import.meta.dirname, "..", "..");

test("every seam names a function that is there", () => {
  const spots = seams.flatMap(({ at }) => (at.kind === "function" ? [at] : []));
  assert.ok(spots.length > 20);
  for (const { module, name } of spots)
    wrapFunction(readFileSync(join(root, module), "utf8"), name);
});

test("every wait that is shortened is there", () => {
  for (const { module, name, ms } of waits)
    shortenWait(readFileSync(join(root, module), "utf8"), name, ms);
});

test("a seam that matches nothing any more is refused, not passed over", () => {
  assert.throws(() => wrapFunction("export function claim() {}", "claimStep"), /no one function/);
  assert.throws(() => shortenWait("const hidden = 1;", "hiddenMs", 5), /no constant/);
});

test("a wrapped function is called through whoever stands at the seam", async () => {
  const source = "export async function add(a, b) { return a + b; }\n";
  const seen: unknown[] = [];
  Reflect.set(globalThis, "ordnaCrashWatcher", (run: (...args: unknown[]) => unknown, args: []) => {
    seen.push(args);
    return run(...args);
  });
  const wrapped = wrapFunction(source, "add");
  const { add } = await import(`data:text/javascript,${encodeURIComponent(wrapped)}`);
  assert.equal(await add(2, 3), 5);
  assert.deepEqual(seen, [[2, 3]]);
});
