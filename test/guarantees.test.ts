// docs/guarantees.md links what exists, and names tests by their titles.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(import.meta.dirname, "../docs");
const page = readFileSync(join(folder, "guarantees.md"), "utf8");
const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => to);
// "title" "another" ([file](../path)): so a proof is written.
const proofs = [...page.matchAll(/((?:"[^"\n]+" )+)\(\[[^\]]+\]\(([^)]+)\)\)/g)].map(
  ([, titles = "", path = ""]) => ({
    path,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title),
  }),
);

test("whatever the guarantees link is there", () => {
  assert.ok(links.length > 50, `only ${links.length} links`);
  const missing = links.filter((to) => !existsSync(join(folder, to.split("#")[0] ?? "")));
  assert.deepEqual(missing, []);
});

test("every test that the guarantees name has that title, in that file", () => {
  const missing = proofs.flatMap(({ path, titles }) => {
    const known = titlesIn(join(folder, path));
    return titles.filter((title) => !known.some((one) => one.includes(title)));
  });
  assert.deepEqual(missing, []);
});

test("what stands in quotation marks in a failure's last column is a test with its file", () => {
  const [tables = ""] = page.split("## Effectively once");
  const failures = tables.split("\n").filter((line) => line.split(" | ").length === 4);
  const rows = failures.filter((line) => !line.startsWith("| What happens"));
  assert.ok(rows.length > 30, `only ${rows.length} rows`);
  for (const row of rows) {
    const last = row.split(" | ")[3] ?? "";
    const named = proofs.filter(({ path }) => last.includes(`](${path}))`));
    assert.ok(named.length > 0, `no proof: ${row}`);
    const titles = named.flatMap((proof) => proof.titles);
    for (const [, quoted = ""] of last.matchAll(/"([^"]+)"/g)) {
      assert.ok(titles.includes(quoted), `"${quoted}" names no file`);
    }
  }
});

function titlesIn(path: string): string[] {
  const calls = readFileSync(path, "utf8").matchAll(
    /\b(?:test|describe|it)\(\s*(["`])((?:(?!\1)[^\\]|\\.)*)\1/g,
  );
  return [...calls].map(([, , title = ""]) => title);
}
