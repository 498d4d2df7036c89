// The money went back: the invoice is credited, once and to the cent, and the books are even.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { type Misbehaviour, misbehaving, misbehaviours } from "../../connector-kit/misbehaviour.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import { aCompany, aVatDecision, type Company, invoiced, now } from "./shop-for-tests.ts";
import type { Invoice } from "./simulated-books.ts";

const [order, vat] = [anOrder(), aVatDecision()];

/** What the books say: the simulator's record is an Invoice. */
const held = (company: Company, kind: string) =>
  company.simulator
    .records()
    .filter((record) => record.kind === kind)
    .map(({ fields }) => fields as unknown as Invoice);

async function sold(options = {}) {
  const company = aCompany(options);
  const invoice = await invoiced(company, order, vat);
  const input = { order, vat, ...invoice };
  const credit = (isRepeat = false, overrides = {}) =>
    attempt(company.accounting.credit, { ...input, ...overrides }, company.call, isRepeat);
  const pay = () =>
    company.accounting.payment.run({ order, invoiceId: invoice.invoiceId }, company.call);
  return { ...company, company, input, credit, pay };
}

/** Posts our invoice once more, changed, as a person in Netvisor might have made it. */
async function alsoHolds(
  { company, input }: Awaited<ReturnType<typeof sold>>,
  from: RegExp,
  to: string,
) {
  const { accounting, call } = company;
  const send: typeof call.send = (request) =>
    call.send(
      typeof request.body === "string" && request.url.includes("salesinvoice.nv")
        ? { ...request, body: request.body.replace(from, to) }
        : request,
    );
  await accounting.invoice.run(input, { ...call, send }).catch(() => undefined);
}

test("a credit note mirrors its invoice: every line's pieces, VAT and sum below zero, at its price", async () => {
  const { company, credit } = await sold();
  const outcome = await credit();
  assert.ok(outcome.kind === "done");
  const [invoice] = held(company, "invoice");
  const [note, ...others] = held(company, "credit-note");
  assert.ok(invoice && note);
  assert.deepEqual(others, []);
  const { creditNoteId, creditNoteNumber } = outcome.output;
  assert.deepEqual([creditNoteId, creditNoteNumber], [note.key, note.number]);
  assert.equal(note.sum, -15963);
  const mirrored = invoice.lines.map((line) => ({
    ...line,
    quantity: `-${line.quantity}`,
    vatSum: -line.vatSum,
    sum: -line.sum,
  }));
  assert.deepEqual(note.lines, mirrored);
  assert.equal(note.customerCode, invoice.customerCode);
  assert.match(note.texts.salesinvoicefreetextbeforelines ?? "", /Credit note for invoice 1001/);
});

test("a credit note is of the day on which it is made in Helsinki, not of the day of the sale", async () => {
  let at = now();
  const company = aCompany({}, () => at);
  const invoice = await invoiced(company, order, vat);
  at = new Date("2026-12-31T22:30:00Z");
  await company.accounting.credit.run({ order, vat, ...invoice }, company.call);
  assert.equal(held(company, "credit-note")[0]?.date, "2027-01-01");
  assert.equal(held(company, "invoice")[0]?.date, "2026-11-23");
});

test("matched with a paid invoice, the credit note is even and the money is owed back", async () => {
  const { company, credit, pay } = await sold();
  await pay();
  assert.equal((await credit()).kind, "done");
  const [invoice] = held(company, "invoice");
  const [note] = held(company, "credit-note");
  assert.deepEqual([invoice?.openSum, note?.openSum, note?.status], [-15963, 0, "paid"]);
  assert.equal(note?.matchedWith, invoice?.key);
});

test("matched with an unpaid invoice, nothing is open of either, and no payment is made up", async () => {
  const { company, credit, input } = await sold();
  await credit();
  assert.deepEqual(
    [...held(company, "invoice"), ...held(company, "credit-note")].map((one) => one.openSum),
    [0, 0],
  );
  const { accounting, call, count } = company;
  const paid = await attempt(accounting.payment, input, call, true);
  assert.ok(paid.kind === "done" && paid.output.paymentId.startsWith("settled-"));
  assert.equal(count("payment"), 0);
});

for (const mood of ["with their private comments", "without-comments"]) {
  test(`a look for the invoice never finds its credit note, nor the other way round, ${mood}`, async () => {
    for (const total of [15963, 0]) {
      const one = anOrder({ total: money(total, "EUR"), ...(total === 0 ? free : {}) });
      const decision = total === 0 ? freeVat : vat;
      const company = aCompany();
      if (mood in company.simulator.moods) company.simulator.setMood(mood, true);
      const invoice = await invoiced(company, one, decision);
      const input = { order: one, vat: decision, ...invoice };
      const { accounting, call } = company;
      const [invoiceLook, creditLook] = [accounting.invoice.repeat, accounting.credit.repeat];
      assert.ok(invoiceLook.how === "look-first" && creditLook.how === "look-first");
      assert.deepEqual(await creditLook.find(input, call), []);
      const note = await accounting.credit.run(input, call);
      assert.notEqual(note.creditNoteId, invoice.invoiceId);
      const found = await invoiceLook.find(input, call);
      const names = found.map(({ invoiceId, invoiceNumber }) => [invoiceId, invoiceNumber]);
      assert.deepEqual(names, [[invoice.invoiceId, invoice.invoiceNumber]]);
      assert.deepEqual(await creditLook.find(input, call), [note]);
    }
  });
}

const nothing = money(0, "EUR");
const free = {
  lines: anOrder().lines.map((line) => ({ ...line, total: nothing, tax: nothing })),
  shipping: undefined,
  tax: nothing,
};
const freeLine = { ratePercent: "25.5", vat: nothing, gross: nothing };
const freeVat = aVatDecision({ lines: [freeLine, freeLine] });

for (const how of Object.keys(misbehaviours) as Misbehaviour[]) {
  test(`netvisor.credit, when the matching meets ${how}: one credit note, matched once`, async () => {
    const { company, input, accounting, simulator } = await sold();
    const faulty = misbehaving(simulator);
    const when = (request: Request) => request.url.includes("matchcreditnote.nv");
    faulty.misbehave({ how, times: 1, when });
    const call = callTo(faulty, { now });
    const first = await attempt(accounting.credit, input, call, false);
    assert.ok(first.kind === "unknown", "the credit note exists: it must be looked for");
    assert.match(
      first.error.message,
      /Credit note 1002 was made, but not matched with invoice 1001/,
    );
    const second = await attempt(accounting.credit, input, call, true);
    assert.ok(second.kind === "done");
    const notes = held(company, "credit-note");
    assert.deepEqual(
      notes.map(({ matchedWith, openSum }) => [matchedWith, openSum]),
      [[input.invoiceId, 0]],
    );
    const posted = simulator.records().filter(({ kind }) => kind === "credit-note");
    assert.equal(posted.length, 1);
  });
}

test("a credit note that Netvisor does not match is named to a person, and not made again", async () => {
  const { company, credit, pay, simulator, count } = await sold();
  await pay();
  simulator.setMood("match-refused", true);
  const refused = await credit();
  assert.ok(refused.kind === "failed");
  assert.match(refused.error.message, /Credit note 1002 .*not matched with invoice 1001.*is paid/);
  assert.equal((await credit()).kind, "failed");
  simulator.setMood("match-refused", false);
  assert.equal((await credit()).kind, "done");
  assert.equal(count("credit-note"), 1);
  assert.equal(held(company, "credit-note")[0]?.openSum, 0);
});

test("where the accountant matches, the credit note stays open and is found as it is", async () => {
  const { company, credit, sent } = await sold({ matchCreditNotes: false });
  const first = await credit();
  const again = await credit(true);
  assert.ok(first.kind === "done" && again.kind === "done" && again.via === "look-up");
  assert.deepEqual(again.output, first.output);
  assert.equal(held(company, "credit-note")[0]?.openSum, -15963);
  assert.ok(!sent.some(({ url }) => url.includes("matchcreditnote.nv")));
});

test("an invoice that was corrected in Netvisor is not credited by guesswork", async () => {
  const { credit, count } = await sold();
  const eur = (minor: number) => money(minor, "EUR");
  const [curtain, rail, shipping] = vat.lines;
  assert.ok(curtain && rail && shipping);
  const otherVat = { ...vat, lines: [{ ...curtain, vat: eur(2700) }, rail, shipping] };
  const total = eur(16963);
  const dearer = {
    order: { ...order, total },
    vat: { ...vat, lines: [{ ...curtain, gross: eur(14473) }, rail, shipping] },
  };
  const refused: readonly [object, RegExp][] = [
    [{ vat: otherVat }, /has other VAT \(25.5 %: 32.44 of 159.63\) than we \(25.5 %: 32.06 /],
    [dearer, /invoice 1001 is over 159.63 EUR, not what was paid/],
    [{ invoiceNumber: "9" }, /holds no invoice 9 of this order/],
  ];
  for (const [overrides, says] of refused) {
    const outcome = await credit(false, overrides);
    assert.ok(outcome.kind === "failed");
    assert.match(outcome.error.message, says);
  }
  assert.equal(count("credit-note"), 0);
});

test("an invoice that a person has credited in Netvisor is not credited again", async () => {
  const shop = await sold();
  await alsoHolds(shop, />159,63</, ">-159,63<");
  for (const isRepeat of [false, true]) {
    const outcome = await shop.credit(isRepeat);
    assert.ok(outcome.kind === "failed" || outcome.kind === "in-doubt");
    assert.match(outcome.error.message, /credit note 1002 carries this order's reference/);
  }
  assert.equal(shop.count("credit-note"), 1);
});

test("two credit notes of one invoice are told, whether one is matched or none", async () => {
  const shop = await sold();
  const outcome = await shop.credit();
  assert.ok(outcome.kind === "done");
  const posted = shop.sent.findLast(({ url }) => url.includes("salesinvoice.nv?method=add"));
  await alsoHolds(shop, /^.*$/s, String(posted?.body));
  const found = await shop.credit(true);
  assert.ok(found.kind === "done" && found.via === "look-up");
  assert.deepEqual(found.output, outcome.output);
  assert.deepEqual(
    found.others.map(({ creditNoteNumber }) => creditNoteNumber),
    ["1003"],
  );

  const unmatched = await sold();
  for (let i = 0; i < 2; i++) await alsoHolds(unmatched, /^.*$/s, String(posted?.body));
  const refused = await unmatched.credit(true);
  assert.ok(refused.kind === "failed");
  assert.match(refused.error.message, /two credit notes of invoice 1001, 1002 and 1003/);
});

test("a credit note in a closed accounting period needs a person", async () => {
  const { credit, simulator, count } = await sold();
  simulator.setMood("period-locked", true);
  const outcome = await credit();
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "invoice.period_locked");
  assert.equal(count("credit-note"), 0);
});
