// A month of the shop's own books is closed once, when it is over, and nothing is issued into it afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sqlBooks } from "../ledger/books.ts";
import { listBooks } from "../ledger/close-books.ts";
import { DecisionRefused } from "../ledger/decisions/decide.ts";
import { openTestLedger, type TestLedger } from "../ledger/test-ledger.ts";
import { money } from "../order/money.ts";
import { closeMonth } from "./close-month.ts";

const books = "shop-1";
let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const close = (key: string, month: string, now: string) => {
  const actor = { name: "finance@example.com", origin: "page" };
  const desk = { db: opened.db, ledger: opened.ledger, pipelinesOf: () => [] };
  return closeMonth(desk, { key, actor, books, month }, new Date(now));
};
const issue = (key: string, today: string, corrects?: string) =>
  sqlBooks(opened.db).issue({
    ...{ books, key, today, store: "pikkuna", reference: "ABCDEFGHJK1234" },
    ...(corrects ? { corrects } : {}),
    kind: corrects ? "credit-note" : "invoice",
    series: { prefix: corrects ? "C-" : "2026-", first: 1, digits: 5 },
    compose: ({ label, issuedOn }) => ({
      ...{ net: money(10_000, "EUR"), vat: money(2550, "EUR"), gross: money(12_550, "EUR") },
      content: { number: label, issuedOn },
    }),
  });

test("a month is closed when it is over, with its sums, once", async () => {
  await issue("A", "2026-10-30");
  const { label } = await issue("B", "2026-10-31");
  await issue("B-credit", "2026-10-31", label);
  await assert.rejects(close("1", "2026-10", "2026-10-31T20:00:00Z"), /not over yet/);
  assert.equal((await listBooks(opened.db))[0]?.openSince, "2026-10-30");
  const { after } = await close("2", "2026-10", "2026-11-02T12:00:00Z");
  assert.deepEqual(after, {
    books,
    untilDay: "2026-10-31",
    sums: [
      { currency: "EUR", invoices: 2, creditNotes: 1, net: "10000", vat: "2550", gross: "12550" },
    ],
  });
  assert.equal((await close("2", "2026-10", "2026-11-02T12:00:00Z")).isRepeat, true);
  await assert.rejects(close("3", "2026-10", "2026-11-02T12:00:00Z"), DecisionRefused);
  assert.deepEqual(await listBooks(opened.db), [
    { books, closedUntil: "2026-10-31", closedBy: "finance@example.com", openSince: null },
  ]);
});

test("nothing is issued into a closed month, whatever a clock says, and the next month goes on", async () => {
  await assert.rejects(issue("C-late", "2026-10-31"), /closed up to 2026-10-31/);
  assert.equal((await issue("D", "2026-11-01")).label, "2026-00003");
});
