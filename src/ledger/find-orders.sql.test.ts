// What people look orders up by, and what the inbox, the print and the finance page are told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Order } from "../order/order.ts";
import { dayInShort } from "./day-in-short.ts";
import type { Ledger, NewStep } from "./ledger.ts";
import { accountDays, listAccounts, listCalls } from "./list-accounts.ts";
import { listDays } from "./list-days.ts";
import { listInbox } from "./list-inbox.ts";
import { listInvoices } from "./list-invoices.ts";
import { countUnprinted, listPrinted, listUnprinted, markPrinted } from "./list-labels.ts";
import { listOrders, type OrderQuery } from "./list-orders.ts";
import { reportOrders } from "./report-orders.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  aStep,
  claimed,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
let shipped: string;
let stuck: string;

before(async () => {
  opened = await openTestLedger();
  const { ledger } = opened;
  const steps = [
    aStep("check"),
    aStep("booking", { needs: ["check"] }),
    aStep("label", { needs: ["booking"] }),
    aStep("invoice", { needs: ["label"] }),
    aStep("confirmation", { needs: ["invoice"] }),
  ];
  const paid = { ...anOrderPaidBy(aPayment()), shopOrder: "PK-2042" };
  const buyer = {
    ...paid.buyer,
    name: "Tove Berg",
    email: "tove@example.com",
    phone: "+358 40 555 0199",
  };
  shipped = await openPaid(ledger, { ...paid, buyer, shipTo: buyer }, steps);
  const gross = { minor: "15963", currency: "EUR" };
  const vat = {
    scheme: "domestic",
    territory: "FI",
    explanation: "why",
    groups: [{ ratePercent: "25.5", gross, net: gross, vat: gross }],
  };
  const outputs: Readonly<Record<string, object>> = {
    check: { vat },
    booking: { trackingNumber: "00373500450000001042", bookingId: "B1", service: "17" },
    label: { key: "files/label", mediaType: "application/pdf" },
    invoice: {
      invoiceNumber: "2026-77",
      invoiceId: "9",
      gross: { minor: "15963", currency: "EUR" },
    },
    confirmation: { messageId: "<m>" },
  };
  for (const [name, output] of Object.entries(outputs)) {
    const claim = await claimed(ledger, shipped, name);
    await ledger.finish(claim, {
      kind: "done",
      output,
      via: "response",
      external: { id: `${name}-1`, isShared: true },
    });
  }
  stuck = await openPaid(ledger, anOrderPaidBy(aPayment()), steps);
  const claim = await claimed(ledger, stuck, "check");
  await ledger.finish(claim, {
    kind: "attention",
    trouble: {
      cause: "address.postal_code",
      message: "0010 is no postal code of FI.",
      field: "shipTo.address.postalCode",
    },
    isInDoubt: false,
    wasAbsent: false,
    alert: { severity: "needs-you", title: "Waits", lines: [] },
    store: "pikkuna",
  });
});
after(() => opened.close());

async function openPaid(ledger: Ledger, order: Order, steps: readonly NewStep[]): Promise<string> {
  const { subject } = await ledger.recordEvent(anEvent(`evt_${order.reference}`));
  await ledger.openOrder(subject, order, { trigger: "paid", steps });
  return order.reference;
}

async function found(find: string, more: Partial<OrderQuery> = {}): Promise<string[]> {
  const { orders } = await listOrders(opened.db, { limit: 10, find, ...more });
  return orders.map(({ reference }) => reference);
}

test("an order is found by whatever the customer reads out", async () => {
  for (const text of [
    "PK-2042",
    "pk-204",
    "tove@example.com",
    "Tove",
    "berg tove",
    "+358 40 555 0199",
    "0400000001042".slice(-6),
    "00373500450000001042",
    "2026-77",
  ]) {
    assert.deepEqual(await found(text), [shipped], text);
  }
  assert.deepEqual(await found("159,63"), [stuck, shipped], "by the amount both");
  assert.deepEqual(await found("159,63 €"), [stuck, shipped]);
  for (const text of ["tove miller", "PK-9", "160,00", "%", "_"])
    assert.deepEqual(await found(text), [], text);
});

test("the views that people keep hold what they say", async () => {
  const view = async (query: Partial<OrderQuery>) => found("", query);
  assert.deepEqual(await view({ view: "unprinted" }), [shipped]);
  assert.deepEqual(await view({ view: "refunded" }), []);
  assert.deepEqual(await view({ state: "attention" }), [stuck]);
  assert.deepEqual(await view({ since: new Date(Date.now() + 60_000) }), []);
});

test("what stands still is grouped by its cause, with who can mend it", async () => {
  const { groups, needsYou } = await listInbox(opened.db);
  const [group, ...others] = groups;
  assert.deepEqual(others, []);
  assert.equal(needsYou, 1);
  assert.equal(group?.cause, "address.postal_code");
  assert.equal(group?.who, "manager");
  assert.equal(group?.count, 1);
  assert.deepEqual(group?.totals, [{ minor: "15963", currency: "EUR" }]);
  assert.equal(group?.orders[0]?.field, "shipTo.address.postalCode");
  assert.deepEqual((await listInbox(opened.db, { stores: ["another"] })).groups, []);
  const today = await dayInShort(opened.db, new Date(Date.now() - 60_000), null);
  assert.deepEqual([today.paid, today.done], [2, 1]);
  assert.ok(today.lastWorkAt);
});

test("a label waits until it is printed, and a reprint is remembered with who did it", async () => {
  const { db } = opened;
  const [label] = await listUnprinted(db, 10);
  assert.equal(label?.trackingNumber, "00373500450000001042");
  assert.equal(await countUnprinted(db), 1);
  await markPrinted(db, [{ reference: shipped, step: "label" }], "Tove");
  assert.equal(await countUnprinted(db), 0);
  await markPrinted(db, [{ reference: shipped, step: "label" }], "Aino");
  const printed = await listPrinted(db, 10);
  assert.deepEqual(
    printed.map(({ printedBy }) => printedBy),
    ["Aino"],
  );
});

test("an invoice stands beside its payment, and a day is complete or names what is missing", async () => {
  const { db } = opened;
  const dayIn = (days: number) =>
    new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
  const month = { from: dayIn(-2), until: dayIn(2), timeZone: "Europe/Helsinki" };
  const { invoices, notYet } = await listInvoices(db, month);
  assert.deepEqual(
    invoices.map((i) => [i.invoiceNumber, i.paid, i.decided, i.invoiced]),
    [["2026-77", "15963", "15963", "15963"]],
  );
  assert.equal(notYet, 1);
  const days = await listDays(db, { days: 3, timeZone: "Europe/Helsinki" });
  assert.equal(days.length, 3);
  const [today] = days;
  assert.deepEqual([today?.orders, today?.labels, today?.invoices, today?.mails], [2, 1, 1, 1]);
  assert.deepEqual(
    today?.holes.map(({ reference }) => reference),
    [stuck],
  );
});

test("the report counts what went through without anybody, and the calls of each account", async () => {
  const { db } = opened;
  const report = await reportOrders(db, { days: 7, timeZone: "UTC" });
  assert.deepEqual([report.orders, report.done, report.touchless], [2, 1, 1]);
  assert.deepEqual(
    report.causes.map(({ cause }) => cause),
    ["address.postal_code"],
  );
  assert.deepEqual(await listAccounts(db), []);
  assert.ok((await listCalls(db, { limit: 50 })).length >= 5);
  assert.ok((await accountDays(db, 90)).length >= 1);
});
