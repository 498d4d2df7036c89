import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { misbehaving } from "../../connector-kit/misbehaviour.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { netvisor } from "./connector.ts";
import { aCompany, aVatDecision, invoiced, now, options } from "./shop-for-tests.ts";

const [order, vat] = [anOrder(), aVatDecision()];

test("two orders of one e-mail address are one customer, however it is spelled", async () => {
  const { accounting, call, count } = aCompany();
  const shouted = { ...order.buyer, email: " BUYER@Example.com " };
  const first = await accounting.customer.run({ order }, call);
  const second = await accounting.customer.run(
    { order: anOrder({ reference: "ZZZZZZZZZZ1234", buyer: shouted }) },
    call,
  );
  assert.deepEqual(first, second);
  assert.match(first.customerId, /^WEB-[0-9A-F]{16}$/);
  assert.equal(count("customer"), 1);
});

test("buyers without an e-mail address stay apart", async () => {
  const { accounting, call, count } = aCompany();
  const buyer = { name: "Test Kund Öberg" };
  await accounting.customer.run({ order: anOrder({ buyer }) }, call);
  await accounting.customer.run({ order: anOrder({ buyer, reference: "ZZZZZZZZZZ1234" }) }, call);
  assert.equal(count("customer"), 2);
});

test("a company buyer is no private customer, and its business id has a dash", async () => {
  const { accounting, call, sent } = aCompany();
  const buyer = { ...order.buyer, company: "Example Oy" };
  const taxIds = [{ type: "eu_vat", value: "FI12345678" }];
  await accounting.customer.run({ order: anOrder({ buyer, taxIds }) }, call);
  const body = String(sent.at(-1)?.body);
  assert.match(body, /<externalidentifier>1234567-8<\/externalidentifier><name>Example Oy<\/name>/);
  assert.match(body, /<isprivatecustomer>0</);
});

test("the invoice number is Netvisor's number, not the key of its reply", async () => {
  const company = aCompany();
  const { invoiceId, invoiceNumber } = await invoiced(company, order, vat);
  const [held] = company.simulator.records().filter(({ kind }) => kind === "invoice");
  assert.equal(invoiceId, held?.id);
  assert.equal(invoiceNumber, "1001");
  assert.notEqual(invoiceId, invoiceNumber);
  assert.equal(held?.reference, order.reference);
});

test("an order paid after midnight in Helsinki is invoiced on the new day", async () => {
  const company = aCompany();
  await invoiced(company, anOrder({ paidAt: "2026-11-22T22:30:00Z" }), vat);
  const held = company.simulator.records().find(({ kind }) => kind === "invoice");
  assert.equal(held?.fields.date, "2026-11-23");
});

test("the invoice holds the charge to the cent: VAT and sum of each line are ours", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  const held = company.simulator.records().find(({ kind }) => kind === "invoice")?.fields;
  const { sum, openSum, status, currency } = held ?? {};
  assert.deepEqual([sum, openSum, status, currency], [15963, 15963, "open", "EUR"]);
  const lines = JSON.parse(JSON.stringify(held?.lines));
  assert.deepEqual(
    lines.map((line: { vatSum: number; sum: number; code: string }) => [
      line.code,
      line.vatSum,
      line.sum,
    ]),
    [
      ["CUR-140-250", 2738, 13473],
      ["RAIL-2M", 366, 1800],
      ["SHIP", 140, 690],
    ],
  );
});

test("products are made once, shipping too, and then not even asked for", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  await invoiced(company, anOrder({ reference: "ZZZZZZZZZZ1234" }), vat);
  assert.equal(company.count("product"), 3);
  const asked = company.sent.filter(({ url }) => url.includes("productlist.nv"));
  assert.equal(asked.length, 1);
});

test("a product that was deleted since is looked up afresh, without a person", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  const emptied = aCompany();
  await emptied.accounting.customer.run({ order }, emptied.call);
  const { customerId } = await company.accounting.customer.run({ order }, company.call);
  const input = { order, vat, customerId };
  const first = await attempt(company.accounting.invoice, input, emptied.call, false);
  assert.ok(first.kind === "retry");
  assert.match(first.error.message, /Product not found with code: CUR-140-250/);
  const second = await attempt(company.accounting.invoice, input, emptied.call, false);
  assert.equal(second.kind, "done");
  assert.equal(emptied.count("invoice"), 1);
});

test("a sku with an apostrophe is signed as it travels", async () => {
  const company = aCompany({ productLookUp: "keyword" });
  const [line, ...rest] = order.lines;
  assert.ok(line);
  const odd = anOrder({ lines: [{ ...line, sku: "LEVI'S & 100 %" }, ...rest] });
  await invoiced(company, odd, vat);
  await invoiced(aCompany({ productLookUp: "keyword" }), odd, vat);
  assert.ok(company.sent.some(({ url }) => url.includes("keyword=LEVI%27S%20%26%20100%20%25")));
  assert.equal(company.count("product"), 3);
});

test("a code that Netvisor's list did not show is used when the add calls it a duplicate", async () => {
  const company = aCompany({ productLookUp: "keyword" });
  await invoiced(company, order, vat);
  company.simulator.setMood("unique-codes", true);
  const { accounting } = aCompany();
  const blind = callTo(
    {
      fetch: (request) =>
        request.url.includes("productlist.nv")
          ? company.simulator.fetch(new Request(request, { method: "GET" })).then(withoutProducts)
          : company.simulator.fetch(request),
    },
    { now },
  );
  const another = anOrder({ reference: "ZZZZZZZZZZ1234" });
  const { customerId } = await accounting.customer.run({ order }, blind);
  await accounting.invoice.run({ order: another, vat, customerId }, blind);
  assert.equal(company.count("product"), 3);
  assert.equal(company.count("invoice"), 2);
});

async function withoutProducts(response: Response): Promise<Response> {
  const xml = await response.text();
  return new Response(xml.replace(/<ProductList>.*<\/ProductList>/, "<ProductList />"));
}

test("every request has its own transaction id, timestamp and MAC", async () => {
  const company = aCompany();
  await invoiced(company, order, vat);
  const of = (name: string) =>
    company.sent.map(({ headers }) => headers?.[`X-Netvisor-Authentication-${name}`]);
  assert.equal(new Set(of("TransactionId")).size, company.sent.length);
  assert.equal(new Set(of("MAC")).size, company.sent.length);
});

test("requests of one action never overlap, as Netvisor demands", async () => {
  const company = aCompany();
  company.simulator.setMood("strict-serial", true);
  const { invoiceId } = await invoiced(company, order, vat);
  await company.accounting.payment.run({ order, invoiceId }, company.call);
  assert.equal(company.simulator.overlaps, 0);
  assert.equal(netvisor(options).connection.limits.concurrent, 1);
});

test("an invoice whose number could not be read is adopted, not made again", async () => {
  const company = aCompany();
  const { accounting, simulator, count } = company;
  const { customerId } = await accounting.customer.run({ order }, company.call);
  const faulty = misbehaving(simulator);
  const when = (request: Request) => request.url.includes("getsalesinvoice.nv");
  faulty.misbehave({ how: "refuse-connection", times: 1, when });
  const input = { order, vat, customerId };
  const first = await attempt(accounting.invoice, input, callTo(faulty, { now }), false);
  assert.ok(first.kind === "unknown");
  assert.match(first.error.message, /The invoice was made, but its number could not be read/);
  const second = await attempt(accounting.invoice, input, callTo(faulty, { now }), true);
  assert.ok(second.kind === "done" && second.via === "look-up");
  assert.equal(second.output.invoiceNumber, "1001");
  assert.equal(count("invoice"), 1);
});

test("HTTP 200 over a refusal is no success: the invoice is not made, and a person is told why", async () => {
  const company = aCompany();
  const { customerId } = await company.accounting.customer.run({ order }, company.call);
  company.simulator.setMood("always-200", true);
  company.simulator.setMood("period-locked", true);
  const input = { order, vat, customerId };
  const outcome = await attempt(company.accounting.invoice, input, company.call, false);
  assert.ok(outcome.kind === "failed" && outcome.error.failure.status === 200);
  assert.match(outcome.error.message, /accounting period is closed/);
});

test("a company is called by one at a time, and waited for as long as Netvisor asks", () => {
  const { limits, deadlineMs } = netvisor(options).connection;
  assert.equal(limits.concurrent, 1);
  assert.ok(deadlineMs >= 120_000);
});

test("a technical error after a change is in doubt, after a read it is not", async () => {
  const company = aCompany();
  const { invoiceId, customerId } = await invoiced(company, order, vat);
  company.simulator.setMood("technical-error", true);
  const { payment, customer } = company.accounting;
  assert.equal((await attempt(payment, { order, invoiceId }, company.call, false)).kind, "unknown");
  assert.equal((await attempt(customer, { order }, company.call, false)).kind, "retry");
  assert.ok(customerId);
});

test("maintenance is waited out, even by an invoice", async () => {
  const company = aCompany();
  const { invoiceId } = await invoiced(company, order, vat);
  company.simulator.setMood("maintenance", true);
  const { payment } = company.accounting;
  const outcome = await attempt(payment, { order, invoiceId }, company.call, false);
  assert.ok(outcome.kind === "retry" && outcome.error.failure.cause === "provider.outage");
});

test("a closed accounting period needs a person, not a retry", async () => {
  const company = aCompany();
  const { customerId } = await company.accounting.customer.run({ order }, company.call);
  company.simulator.setMood("period-locked", true);
  const input = { order, vat, customerId };
  const outcome = await attempt(company.accounting.invoice, input, company.call, false);
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "invoice.period_locked");
  assert.equal(company.count("invoice"), 0);
});

test("a distance sale without a code makes nothing; with one it is booked on its account", async () => {
  const german = aVatDecision({ scheme: "oss", territory: "DE" });
  const unset = aCompany();
  const { customerId } = await unset.accounting.customer.run({ order }, unset.call);
  const input = { order, vat: german, customerId };
  const outcome = await attempt(unset.accounting.invoice, input, unset.call, false);
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "invoice.vat_code_unknown");
  assert.equal(unset.count("product"), 0);

  const set = aCompany({ vatCodes: { "oss/DE": { vatCode: "MUUL", accountNumber: "3010" } } });
  await invoiced(set, order, german);
  const invoice = set.simulator.records().find(({ kind }) => kind === "invoice");
  assert.match(JSON.stringify(invoice?.fields.lines), /"vatCode":"MUUL".*"account":"3010"/);
});

test("a wrong key is named without showing it, though Netvisor repeats what was signed", async () => {
  const { simulator } = aCompany();
  const connector = netvisor(options);
  const partnerKey = "3".repeat(32);
  const wiring = {
    hosts: connector.hosts,
    secrets: { ...simulator.secrets, partnerKey },
    connection: { ...connector.connection, provider: "netvisor", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const { customer } = connector.connect(wiring);
  const outcome = await attempt(customer, { order }, callTo(simulator, { now }), false);
  assert.ok(outcome.kind === "retry");
  assert.equal(outcome.error.failure.cause, "auth.refused");
  assert.match(outcome.error.message, /check customerId, partnerId, organisationId, both keys/);
  assert.doesNotMatch(outcome.error.message, /1111|2222|3333/);
});

test("a key without the right to a resource is told which right to grant", async () => {
  const company = aCompany();
  company.simulator.setMood("no-right", true);
  const outcome = await attempt(company.accounting.customer, { order }, company.call, false);
  assert.ok(outcome.kind === "retry");
  assert.match(outcome.error.message, /no right to customerlist\.nv/);
});

test("the check says which company answers", async () => {
  const { simulator } = aCompany();
  const connector = netvisor(options);
  // The check reads the real clock, so the simulator of this test stands at now.
  const live = connector.simulate(memoryKit());
  const wiring = {
    hosts: connector.hosts,
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: "netvisor", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const sentence = await connector.check(wiring, callTo(live).send);
  assert.equal(sentence, "Netvisor answers for the company 1234567-8.");
});

test("the invoice is kept as a PDF named after its number", async () => {
  const company = aCompany();
  const input = await invoiced(company, order, vat);
  const file = await company.accounting.invoiceDocument.run(input, company.call);
  assert.equal(file.fileName, "invoice-1001.pdf");
  const bytes = await company.call.open(file);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "%PDF");
});

test("a web page in place of the PDF is not kept; it is asked for again", async () => {
  const company = aCompany();
  const input = await invoiced(company, order, vat);
  company.simulator.setMood("broken-pdf", true);
  const { invoiceDocument } = company.accounting;
  const outcome = await attempt(invoiceDocument, input, company.call, false);
  assert.ok(outcome.kind === "retry");
  assert.match(outcome.error.message, /gave no PDF of invoice 1001/);
});
