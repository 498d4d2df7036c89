import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import type { StepRecord } from "../ledger/ledger.ts";
import type { PastStep } from "../ledger/past-orders.ts";
import { pipeline } from "../pipeline/pipeline.ts";
import { step } from "../pipeline/step.ts";
import { checkOrder } from "../shop/check-order.ts";
import { compare, differences } from "./compare.ts";

const seller = { name: "Pikkuna", timeZone: "UTC", vat: { country: "FI", isInOss: true } };
const check = step("check", { action: checkOrder(seller), input: (order) => ({ order }) });
const paid = [pipeline("paid", [check])];

const was: PastStep = {
  name: "check",
  provider: "ordna",
  state: "done",
  cause: null,
  message: null,
  output: null,
  inputDigest: null,
  said: null,
};
const now: StepRecord = {
  ...{ run: "r", name: "check", needs: [], provider: "ordna", state: "done", fence: 1, tries: 0 },
  ...{ inDoubt: false, dueInMs: 0, failingMs: undefined, isMinded: false, inputDigest: undefined },
  ...{ output: undefined, cause: undefined, message: undefined, field: undefined },
  ...{ changedAt: new Date(0), isHeld: false, isStopped: false },
};

/** An order of 124.00 EUR as VAT of so many percent decides it. */
function vat(ratePercent: string, minor: string, net: string) {
  const money = (amount: string) => ({ minor: amount, currency: "EUR" });
  const amounts = { net: money(net), vat: money(minor), gross: money("12400") };
  const group = { ratePercent, category: "S", ...amounts };
  return {
    vat: {
      ...{ scheme: "domestic", territory: "FI", destination: "FI", taxPoint: "2026-11-23" },
      ...{ total: amounts, groups: [group], lines: [{ of: 0, ...group }], rounding: "group" },
      ...{ mentions: [], sellerTaxIds: [], customsDeclarationRequired: false, reviews: [] },
      explanation: `Consumer in Finland, ${ratePercent} %.`,
    },
  };
}

const past = (steps: readonly PastStep[]) => ({ order: anOrder(), isAmended: false, steps });

test("another rate is shown with the rate, and each amount to the cent", () => {
  const before = { ...was, output: vat("24", "2400", "10000") };
  const found = compare(past([before]), [{ ...now, output: vat("25.5", "2520", "9880") }], paid);
  const shown = found.map(({ topic, what, was, now }) => [topic, what, was, now].join(" "));
  assert.ok(shown.includes("VAT groups.0.ratePercent 24 25.5"), shown.join("\n"));
  assert.ok(shown.includes("amounts total.vat.minor 2400 2520"), shown.join("\n"));
  assert.ok(shown.includes("amounts total.net.minor 10000 9880"), shown.join("\n"));
  assert.ok(!shown.some((line) => line.includes("gross")), "what was paid stays what it was");
});

test("what is the same is not told", () => {
  const output = vat("24", "2400", "10000");
  assert.deepEqual(compare(past([{ ...was, output }]), [{ ...now, output }], paid), []);
});

test("what our own check held and would let through now is told; a provider's own refusal is not judged", () => {
  const refused = { ...was, state: "attention", cause: "address.postal_code", message: "No such." };
  const [found] = compare(past([refused]), [{ ...now, output: vat("24", "2400", "10000") }], paid);
  assert.deepEqual(
    [found?.topic, found?.was, found?.now],
    ["held", "address.postal_code: No such.", "done"],
  );
  const theirs = { ...refused, provider: "postnord", cause: "carrier.service" };
  assert.deepEqual(compare(past([theirs]), [now], paid), []);
});

test("steps that the configuration took out or put in are told", () => {
  const old = { ...was, name: "old-step" };
  const found = compare(past([old]), [{ ...now, name: "check" }], paid);
  assert.deepEqual(
    found.map(({ step, what }) => [step, what]),
    [
      ["old-step", "removed"],
      ["check", "added"],
    ],
  );
});

test("lists are compared by their places", () => {
  assert.deepEqual(
    differences({ notes: [{ line: "a" }] }, { notes: [{ line: "b" }, { line: "c" }] }),
    [
      { what: "notes.0.line", was: "a", now: "b" },
      { what: "notes.1.line", was: undefined, now: "c" },
    ],
  );
});
