// When an answer was lost: what Netvisor's lists tell, and when only a person can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import { aCompany, aVatDecision, type Company, invoiced } from "./shop-for-tests.ts";

const [order, vat] = [anOrder(), aVatDecision()];

/** Signs and posts an invoice of ours once more, changed, as a person in Netvisor might have. */
async function alsoHolds(company: Company, change: (xml: string) => string): Promise<void> {
  const add = company.sent.find(({ url }) => url.includes("salesinvoice.nv?method=add"));
  assert.ok(typeof add?.body === "string");
  const changed = change(add.body);
  const { call, accounting } = company;
  const send: typeof call.send = (request) =>
    call.send(request.url === add.url ? { ...request, body: changed } : request);
  const { customerId } = await accounting.customer.run({ order }, call);
  await accounting.invoice.run({ order, vat, customerId }, { ...call, send });
}

async function look(company: Company, of = order) {
  const { customerId } = await company.accounting.customer.run({ order: of }, company.call);
  return attempt(company.accounting.invoice, { order: of, vat, customerId }, company.call, true);
}

test("an invoice of another order of the same customer is not taken for ours", async () => {
  const company = aCompany();
  await invoiced(company, anOrder({ reference: "ABCDEFGHJK12345" }), vat);
  const outcome = await look(company);
  assert.ok(outcome.kind === "done" && outcome.via === "response");
  assert.equal(company.count("invoice"), 2);
});

test("an invoice whose comment a person has changed is found by its reference number", async () => {
  const company = aCompany();
  const { customerId } = await company.accounting.customer.run({ order }, company.call);
  const send: typeof company.call.send = (request) =>
    company.call.send({
      ...request,
      ...(typeof request.body === "string"
        ? { body: request.body.replace(/ordna:\w+/, "checked by the accountant") }
        : {}),
    });
  await company.accounting.invoice.run({ order, vat, customerId }, { ...company.call, send });
  const outcome = await look(company);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.equal(company.count("invoice"), 1);
});

test("of two invoices for one order the first is kept, and the other one is told", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  await alsoHolds(company, (xml) => xml);
  const outcome = await look(company);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.equal(outcome.output.invoiceNumber, "1001");
  assert.deepEqual(
    outcome.others.map(({ invoiceNumber }) => invoiceNumber),
    ["1002"],
  );
});

test("a credit note that repeats our comment is not taken for the invoice", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  await alsoHolds(company, (xml) => xml.replace(">159,63<", ">-159,63<"));
  const outcome = await look(company);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.equal(outcome.output.invoiceNumber, "1001");
});

async function payAgain(company: Company, invoiceId: string) {
  return attempt(company.accounting.payment, { order, invoiceId }, company.call, true);
}

test("a payment closes the invoice, and is found when its answer was lost", async () => {
  const company = aCompany();
  const { invoiceId } = await invoiced(company, order, vat);
  const paid = await company.accounting.payment.run({ order, invoiceId }, company.call);
  const invoice = company.simulator.records().find(({ kind }) => kind === "invoice");
  assert.deepEqual([invoice?.fields.openSum, invoice?.fields.status], [0, "paid"]);
  const outcome = await payAgain(company, invoiceId);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.deepEqual(outcome.output, paid);
  const [payment] = company.simulator.records().filter(({ kind }) => kind === "payment");
  assert.equal(payment?.reference, order.reference);
});

test("an invoice that was closed in another way is not paid a second time", async () => {
  const company = aCompany();
  const { invoiceId } = await invoiced(company, order, vat);
  const half = (minor: number) =>
    company.accounting.payment.run(
      { order: anOrder({ total: money(minor, "EUR") }), invoiceId },
      company.call,
    );
  await half(15000);
  const doubt = await payAgain(company, invoiceId);
  assert.ok(doubt.kind === "in-doubt");
  assert.match(doubt.error.message, /Invoice 1001 is paid in part/);
  await half(963);
  const outcome = await payAgain(company, invoiceId);
  assert.ok(outcome.kind === "done");
  assert.equal(outcome.output.paymentId, `settled-${invoiceId}`);
  assert.equal(company.count("payment"), 2);
});

test("an open invoice is paid when the first payment never arrived", async () => {
  const company = aCompany();
  const { invoiceId } = await invoiced(company, order, vat);
  const outcome = await payAgain(company, invoiceId);
  assert.ok(outcome.kind === "done" && outcome.via === "response");
  assert.equal(company.count("payment"), 1);
});

test("an order that cost nothing needs no payment and no call", async () => {
  const company = aCompany();
  const free = anOrder({ total: money(0, "EUR") });
  const input = { order: free, invoiceId: "501" };
  for (const isRepeat of [false, true]) {
    const outcome = await attempt(company.accounting.payment, input, company.call, isRepeat);
    assert.ok(outcome.kind === "done");
    assert.deepEqual(outcome.output, { paymentId: "none" });
    assert.deepEqual(company.accounting.payment.record(outcome.output), {
      id: "none",
      isShared: true,
    });
  }
  assert.equal(company.sent.length, 0);
});
