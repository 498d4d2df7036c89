import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Books, IssueWish } from "../connector-kit/books.ts";
import { money } from "../order/money.ts";
import { sqlBooks } from "./books.ts";
import { listDocuments } from "./list-documents.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
let books: Books;
before(async () => {
  opened = await openTestLedger();
  books = sqlBooks(opened.db);
});
after(() => opened.close());

const eur = (minor: number) => money(minor, "EUR");

let shops = 0;
/** Each test keeps books of its own. */
const newShop = () => `shop-${++shops}`;

function aWish(of: string, key: string, overrides: Partial<IssueWish> = {}): IssueWish {
  const amounts = { net: eur(10_000), vat: eur(2550), gross: eur(12_550) };
  return {
    ...{ books: of, key, kind: "invoice", store: "pikkuna", reference: "ABCDEFGHJK1234" },
    series: { prefix: "2026-", first: 1, digits: 5 },
    today: "2026-11-23",
    compose: ({ label, issuedOn }) => ({ ...amounts, content: { number: label, issuedOn, key } }),
    ...overrides,
  };
}

async function numbersOf(of: string): Promise<string[]> {
  const { invoices } = await listDocuments(opened.db, { books: of, limit: 200 });
  return invoices.map(({ number }) => number);
}

const labels = (count: number, prefix = "2026-") =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(5, "0")}`);

test("thirty invoices that are issued at once get thirty numbers without a gap", async () => {
  const shop = newShop();
  const keys = Array.from({ length: 30 }, (_, index) => `KEY-${index}`);
  const issued = await Promise.all(keys.map((key) => books.issue(aWish(shop, key))));
  assert.deepEqual(issued.map(({ label }) => label).sort(), labels(30));
  assert.deepEqual(await numbersOf(shop), labels(30));
});

test("the same order asked twenty times at once is one invoice", async () => {
  const shop = newShop();
  const asked = Array.from({ length: 20 }, () => books.issue(aWish(shop, "ONE")));
  const issued = await Promise.all(asked);
  assert.deepEqual(new Set(issued.map(({ label }) => label)), new Set(["2026-00001"]));
  assert.deepEqual(await numbersOf(shop), ["2026-00001"]);
});

test("asked again after New Year, it is last year's invoice, and the new series has no gap", async () => {
  const shop = newShop();
  await books.issue(aWish(shop, "OLD"));
  const nextYear = { series: { prefix: "2027-", first: 1, digits: 5 }, today: "2027-01-01" };
  const again = await books.issue(aWish(shop, "OLD", nextYear));
  assert.deepEqual([again.label, again.issuedOn], ["2026-00001", "2026-11-23"]);
  const next = await books.issue(aWish(shop, "NEW", nextYear));
  assert.equal(next.label, "2027-00001");
});

test("an invoice that fails while it is written takes its number back", async () => {
  const shop = newShop();
  await books.issue(aWish(shop, "FIRST"));
  const failing = aWish(shop, "SECOND", {
    compose: () => {
      throw new Error("the disk is full");
    },
  });
  await assert.rejects(books.issue(failing), /the disk is full/);
  const wrong = aWish(shop, "THIRD", {
    compose: () => ({ net: eur(1), vat: eur(1), gross: eur(3), content: {} }),
  });
  await assert.rejects(books.issue(wrong));
  assert.equal((await books.issue(aWish(shop, "FOURTH"))).label, "2026-00002");
});

test("a shop that moves here goes on with its own number, and a late clock with the last day", async () => {
  const shop = newShop();
  const series = { prefix: "2026-", first: 418, digits: 4 };
  const first = await books.issue(aWish(shop, "A", { series }));
  const second = await books.issue(aWish(shop, "B", { series, today: "2026-11-22" }));
  assert.deepEqual([first.label, second.label], ["2026-0418", "2026-0419"]);
  assert.equal(second.issuedOn, "2026-11-23");
});

const insert = (shop: string, number: number, more = "null, 'invoice'") => `
  insert into book_document (books, series, number, label, corrects, kind, key, store, reference, issued_on, currency,
    net, vat, gross, content)
  values ('${shop}', '2026-', ${number}, '2026-${number}', ${more}, 'BY-HAND-${number}', 'pikkuna', 'ABCDEFGHJK1234',
    '2026-11-23', 'EUR', 1, 0, 1, '{"number":"2026-${number}","issuedOn":"2026-11-23"}')`;

test("the database itself refuses a gap, a change, a removal and a second time", async () => {
  const shop = newShop();
  await books.issue(aWish(shop, "A"));
  const where = `where books = '${shop}'`;
  for (const [sql, why] of [
    [insert(shop, 3), /would leave a gap: 2 is next/],
    [insert(shop, 1), /would leave a gap: 2 is next/],
    [`update book_document set gross = gross + 1, net = net + 1 ${where}`, /permanent/],
    [`update book_document set content = '{}' ${where}`, /permanent/],
    [`delete from book_document ${where}`, /permanent/],
    ["truncate book_document, book_payment", /permanent/],
    [`update book_series set first_number = 7 ${where}`, /permanent/],
    [`delete from book_series ${where}`, /permanent/],
    [
      insert(shop, 2).replace("'2026-11-23', 'EUR'", "'2026-11-22', 'EUR'"),
      /is at 2026-11-23 already/,
    ],
    [insert(shop, 2).replace('"number":"2026-2"', '"number":"2026-9"'), /check/],
  ] as const) {
    await assert.rejects(opened.db.query(sql), why, sql);
  }
  assert.deepEqual(await numbersOf(shop), ["2026-00001"]);
});

test("an invoice is credited once, by a note that names it, and never for more than it was", async () => {
  const shop = newShop();
  const { label } = await books.issue(aWish(shop, "A"));
  const note = (key: string, overrides: Partial<IssueWish> = {}) =>
    aWish(shop, key, {
      kind: "credit-note",
      corrects: label,
      series: { prefix: "C2026-", first: 1, digits: 5 },
      ...overrides,
    });
  const credit = await books.issue(note("A-credit"));
  assert.deepEqual([credit.label, credit.corrects], ["C2026-00001", label]);
  assert.equal((await books.issue(note("A-credit"))).label, "C2026-00001");
  await assert.rejects(books.issue(note("A-again")), /cannot be credited with 12550 EUR more/);
  await assert.rejects(books.issue(note("B", { corrects: "2026-00099" })));
  await assert.rejects(books.issue(note("C", { corrects: credit.label })), /cannot be credited/);
});

test("one series may hold both, in one line of numbers", async () => {
  const shop = newShop();
  const { label } = await books.issue(aWish(shop, "A"));
  const note = await books.issue(aWish(shop, "B", { kind: "credit-note", corrects: label }));
  assert.equal(note.label, "2026-00002");
});

test("a payment is recorded once, whoever tells of it again", async () => {
  const shop = newShop();
  const { label } = await books.issue(aWish(shop, "A"));
  const payment = { key: "A-payment", amount: eur(12_550), paidOn: "2026-11-22" };
  assert.deepEqual(await books.recordPayment(shop, label, payment), payment);
  const told = { ...payment, key: "A-other" };
  assert.deepEqual(await books.recordPayment(shop, label, told), payment);
  const { invoices } = await listDocuments(opened.db, { books: shop, limit: 10 });
  assert.equal(invoices[0]?.paidOn, "2026-11-22");
});

test("the list goes on where its page ended", async () => {
  const shop = newShop();
  for (const key of ["A", "B", "C"]) await books.issue(aWish(shop, key));
  const first = await listDocuments(opened.db, { books: shop, limit: 2 });
  const rest = await listDocuments(opened.db, { books: shop, limit: 2, after: first.next ?? "" });
  const seen = [...first.invoices, ...rest.invoices].map(({ number }) => number);
  assert.deepEqual(seen, labels(3));
  assert.equal(rest.next, null);
});
