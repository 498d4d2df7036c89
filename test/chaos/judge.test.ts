import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, type Verdict } from "./judge.ts";
import type { Entry } from "./witness-log.ts";

const reference = "0123456789ABCD";
const email = "somebody@example.com";

const paid = (isFree = false): Entry => ({ atMs: 1, what: "paid", reference, email, isFree });
const acknowledged: Entry = { atMs: 2, what: "acknowledged", reference, event: "evt_1" };

function holds(provider: string, kind: string, id: string, text = ""): Entry {
  const isByEmail = kind === "contact" || kind === "customer";
  const owner = isByEmail ? { reference: "", email } : { reference, email: "" };
  return { atMs: 3, what: "holds", provider, kind, id, text, ...owner };
}

const updated = "parcel P1, invoice 77";
const wholeOrder: readonly Entry[] = [
  paid(),
  acknowledged,
  holds("zoho", "contact", "c1"),
  holds("zoho", "deal", "d1", "new"),
  holds("airtable", "row", "r1", "new"),
  holds("postnord", "shipment", "P1"),
  holds("netvisor", "customer", "k1"),
  holds("netvisor", "invoice", "i1", "77"),
  holds("netvisor", "payment", "p1"),
  holds("mailgun", "message", "m1"),
  holds("zoho", "deal", "d1", updated),
  holds("airtable", "row", "r1", updated),
];

const withoutKind = (kind: string) =>
  wholeOrder.filter((entry) => entry.what !== "holds" || entry.kind !== kind);

function found(log: readonly Entry[]): Partial<Verdict> {
  const { complete, lost, halfDone, duplicates, undelivered } = judge(log);
  return { complete, lost, halfDone, duplicates, undelivered };
}

const clean = { complete: 1, lost: 0, halfDone: 0, duplicates: 0, undelivered: 0 };

test("an order with every effect once is complete", () => {
  assert.deepEqual(found(wholeOrder), clean);
});

test("an order that was acknowledged and of which nothing came is lost", () => {
  assert.deepEqual(found([paid(), acknowledged]), { ...clean, complete: 0, lost: 1 });
});

test("an order that Stripe could never deliver is not lost, and not well either", () => {
  assert.deepEqual(found([paid()]), { ...clean, complete: 0, undelivered: 1 });
});

for (const kind of ["contact", "deal", "row", "shipment", "customer", "invoice", "payment"]) {
  test(`an order without its ${kind} is half done`, () => {
    const verdict = judge(withoutKind(kind));
    assert.equal(verdict.halfDone, 1);
    assert.match(verdict.offenders[0]?.why ?? "", new RegExp(`no ${kind}`));
  });
}

test("an order whose customer got no message is half done, also when nobody acknowledged it", () => {
  const log = withoutKind("message").filter((entry) => entry !== acknowledged);
  assert.deepEqual(found(log), { ...clean, complete: 0, halfDone: 1 });
});

test("a deal that never learned of the parcel is half done", () => {
  const log = wholeOrder.filter((entry) => !("text" in entry && entry.text === updated));
  const { halfDone, offenders } = judge(log);
  assert.equal(halfDone, 1);
  assert.match(offenders[0]?.why ?? "", /parcel in the deal.*invoice number in the row/);
});

test("a second parcel, invoice, message or contact is a duplicate", () => {
  const second = [
    ["postnord", "shipment"],
    ["netvisor", "invoice"],
    ["mailgun", "message"],
    ["zoho", "contact"],
  ] as const;
  for (const [provider, kind] of second) {
    const verdict = judge([...wholeOrder, holds(provider, kind, "another", updated)]);
    assert.equal(verdict.duplicates, 1, kind);
    assert.equal(verdict.offenders.find(({ what }) => what === "twice")?.reference, reference);
  }
});

test("an order with two parcels is no half order: the deal knows one of them", () => {
  const log = [
    ...withoutKind("shipment"),
    holds("postnord", "shipment", "P0"),
    holds("postnord", "shipment", "P1"),
  ];
  assert.deepEqual(found(log), { ...clean, complete: 0, duplicates: 1 });
});

test("three e-mails are two duplicates", () => {
  const log = [...wholeOrder, holds("mailgun", "message", "m2"), holds("mailgun", "message", "m3")];
  assert.deepEqual(found(log), { ...clean, complete: 0, duplicates: 2 });
});

test("a record that changes is one record", () => {
  assert.deepEqual(found([...wholeOrder, holds("zoho", "deal", "d1", `${updated}!`)]), clean);
});

test("a free order owes no payment", () => {
  const log = [paid(true), ...withoutKind("payment").slice(1)];
  assert.deepEqual(found(log), clean);
});
