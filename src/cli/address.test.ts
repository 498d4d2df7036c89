import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ordna-address-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function judged(content: string): Promise<{ code: number; lines: string[]; errors: string }> {
  const file = join(folder, "addresses.json");
  writeFileSync(file, content);
  return new Promise((resolve) => {
    execFile(process.execPath, [main, "address", "--file", file, "--json"], (error, out, errors) =>
      resolve({ code: error ? 1 : 0, lines: out.trim().split("\n"), errors }),
    );
  });
}

test("a file of addresses is judged line by line, and counted in the last", async () => {
  const good = { id: "a", name: "Example Person", line1: "Hämeenkatu 1", city: "Tampere" };
  const addresses = [{ ...good, postal_code: "33100", country: "Suomi", state: null }, { id: "b" }];
  const { code, lines } = await judged(JSON.stringify({ addresses }));
  assert.equal(code, 0);
  const [first, second, last] = lines.map((line) => JSON.parse(line));
  assert.deepEqual([first.id, first.verdict, first.codes], ["a", "ok", []]);
  assert.deepEqual([first.normalised.country, first.normalised.state], ["FI", null]);
  assert.deepEqual(first.label_lines, [
    "Example Person",
    "Hämeenkatu 1",
    "33100 Tampere",
    "FINLAND",
  ]);
  assert.deepEqual([second.verdict, second.codes], ["hold", ["SHIPPING_ADDRESS_ABSENT"]]);
  assert.deepEqual(last, { cases: 2, ok: 1, hold: 1 });
});

test("an address that cannot be read is told by itself, and a file that is none at all", async () => {
  const one = await judged('{"addresses":[{"id":"a","service":"boat"}]}');
  assert.equal(one.code, 1);
  assert.match(JSON.parse(one.lines[0] ?? "").error, /service/);
  for (const [content, why] of [
    ["{}", /must hold/],
    ["{", /is not JSON/],
  ] as const) {
    const none = await judged(content);
    assert.equal(none.code, 1);
    assert.match(none.errors, why);
  }
});
