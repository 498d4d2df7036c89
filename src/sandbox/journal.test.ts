import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { journalledKit } from "./journal.ts";

const root = mkdtempSync(join(tmpdir(), "ordna-journal-"));
let folder: string;
let made = 0;
beforeEach(() => {
  made += 1;
  folder = join(root, String(made));
});
after(() => rmSync(root, { recursive: true }));

interface Deal {
  readonly stage: string;
}

/** What a sandbox sees that is started again on the same folder. */
function reopened() {
  const kit = journalledKit(folder, "zoho", () => new Date(0));
  return { deals: kit.collection<Deal>("deals"), notes: kit.collection<string | null>("notes") };
}
const file = () => join(folder, "zoho.jsonl");

test("a killed sandbox remembers what the world already has, in the order in which it came", () => {
  const { deals, notes } = reopened();
  deals.set("2", { stage: "Won" });
  deals.set("1", { stage: "New" });
  deals.set("2", { stage: "Lost" });
  notes.set("1", 'Test Kund Öberg\n"🎁"');
  notes.set("2", null);
  const again = reopened();
  assert.deepEqual(again.deals.values(), [{ stage: "Lost" }, { stage: "New" }]);
  assert.deepEqual(again.notes.values(), ['Test Kund Öberg\n"🎁"', null]);
  assert.equal(again.deals.get("1")?.stage, "New");
  assert.equal(again.deals.size, 2);
});

test("what was deleted stays deleted, and may come anew", () => {
  const { deals } = reopened();
  deals.set("1", { stage: "New" });
  deals.delete("1");
  assert.equal(reopened().deals.size, 0);
  reopened().deals.set("1", { stage: "Again" });
  assert.deepEqual(reopened().deals.values(), [{ stage: "Again" }]);
});

test("a line that a kill cut in half is ignored", () => {
  reopened().deals.set("1", { stage: "New" });
  appendFileSync(file(), '{"c":"deals","id":"2","v":{"sta');
  assert.deepEqual(reopened().deals.values(), [{ stage: "New" }]);
});

test("what is written after a line that was cut in half is not lost with it", () => {
  reopened().deals.set("1", { stage: "New" });
  const whole = readFileSync(file(), "utf8");
  for (let cut = 1; cut < whole.length; cut++) {
    writeFileSync(file(), whole + whole.slice(0, cut));
    reopened().deals.set("2", { stage: "After" });
    const after = reopened().deals;
    assert.deepEqual(after.values(), [{ stage: "New" }, { stage: "After" }], `cut at ${cut}`);
  }
});

test("lines that are no changes are ignored", () => {
  reopened().deals.set("1", { stage: "New" });
  appendFileSync(file(), 'null\n[]\n{}\n"deals"\n12\n\n');
  assert.equal(reopened().deals.size, 1);
});

test("simulators of two providers do not share their records", () => {
  reopened().deals.set("1", { stage: "New" });
  const other = journalledKit(folder, "airtable", () => new Date(0));
  assert.equal(other.collection("deals").size, 0);
});
