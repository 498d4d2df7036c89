// The table of hostile inputs names tests that exist.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const rows = readFileSync(join(import.meta.dirname, "README.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => {
    const [number = "", input = "", , tests = ""] = line
      .slice(1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { number: Number(number), input, tests };
  });

test("every one of the 72 inputs stands in the table once", () => {
  assert.deepEqual(
    rows.map(({ number }) => number),
    Array.from({ length: 72 }, (_, nth) => nth + 1),
  );
});

for (const { number, input, tests } of rows) {
  test(`${number}, ${input}: the tests that the table names are there`, () => {
    if (tests.startsWith("no surface yet: ")) return;
    const files = tests.split(";").map((one) => /`([^`]+)`((?: "[^"]+")+)$/.exec(one.trim()));
    assert.ok(files.length > 0);
    for (const found of files) {
      assert.ok(found, `${tests} does not name a file and a test`);
      const [, path = "", names = ""] = found;
      assert.match(path, /\.ts$/);
      assert.ok(existsSync(join(root, path)), `${path} does not exist`);
      const text = readFileSync(join(root, path), "utf8");
      for (const [, name = ""] of names.matchAll(/"([^"]+)"/g)) {
        assert.ok(text.includes(name), `${path} has no test "${name}"`);
      }
    }
  });
}
