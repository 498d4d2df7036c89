// What we write has the shape of the example documents; what they answer is read; the simulator answers alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Verdict } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { bodyText, type HttpRequest } from "../../connector-kit/http.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { localDate } from "../../order/local-date.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import { customerCode } from "./customer.ts";
import { referenceNumberFor } from "./reference-number.ts";
import { aCompany, aVatDecision, now } from "./shop-for-tests.ts";
import { type Node, readRequest } from "./simulated-xml.ts";

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");

/** "salesinvoice/salesinvoicedate format=ansi: 2026-06-01", for every element in its order. */
function outline(xml: string, withText = true): string[] {
  const walk = (node: Node, path: string): string[] => {
    const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}=${value}`);
    const text = withText && node.children.length === 0 ? `: ${node.text}` : "";
    const own = `${path}/${node.name}${attributes.join("")}${text}`;
    return [own, ...node.children.flatMap((child) => walk(child, `${path}/${node.name}`))];
  };
  const root = readRequest(xml.replace(/^<\?xml.*?\?>/, ""));
  assert.ok(root, "it is XML");
  return walk(root, "");
}

const eur = (minor: number) => money(minor, "EUR");
const maija = {
  name: "Testi Ostäjä",
  email: "buyer@example.com",
  phone: "+358501234567",
  address: { line1: "Hämeenkatu 10 B 4", city: "Tampere", postalCode: "33100", country: "FI" },
};
const [line] = anOrder().lines;
assert.ok(line);
const order: Order = anOrder({
  reference: "ORD-10042",
  paidAt: "2026-06-01T06:30:00Z",
  buyer: maija,
  shipTo: maija,
  lines: [{ ...line, sku: "SKU-1", description: "Villasukat", quantity: 2, total: eur(9980) }],
  shipping: { description: "Toimitus", tax: eur(120), total: eur(590), taxes: [] },
  total: eur(10570),
});
const vat: VatDecision = aVatDecision({
  lines: [
    { ratePercent: "25.5", vat: eur(2028), gross: eur(9980) },
    { of: "shipping", ratePercent: "25.5", vat: eur(120), gross: eur(590) },
  ],
});

async function everything() {
  const company = aCompany();
  const { accounting, call, sent } = company;
  const { customerId } = await accounting.customer.run({ order }, call);
  const { invoiceId } = await accounting.invoice.run({ order, vat, customerId }, call);
  await accounting.payment.run({ order, invoiceId }, call);
  const bodyOf = (resource: string, last = false) => {
    const posted = sent.filter(({ url, method }) => method === "POST" && url.includes(resource));
    const request = last ? posted.at(-1) : posted[0];
    assert.ok(typeof request?.body === "string");
    return request.body;
  };
  return { ...company, bodyOf, customerId, invoiceId };
}

test("our customer is the example customer, element by element", async () => {
  const { bodyOf } = await everything();
  const example = read("customer.add.request.xml").replace("WEB-000123", customerCode(order));
  assert.deepEqual(outline(bodyOf("customer.nv")), outline(example));
});

test("our invoice is the example invoice, with the buyer's address in it", async () => {
  const { bodyOf } = await everything();
  const example = read("salesinvoice.add.request.xml")
    .replace("WEB-000123", customerCode(order))
    .replace(">100421<", `>${referenceNumberFor("ORD-10042")}<`);
  const written = outline(bodyOf("salesinvoice.nv"));
  const buyer = written.filter((entry) => /invoicingcustomer(?!identifier)/.test(entry));
  assert.deepEqual(
    written.filter((entry) => !buyer.includes(entry)),
    outline(example),
  );
  assert.deepEqual(
    buyer.map((entry) => entry.replace("/root/salesinvoice/invoicingcustomer", "")),
    [
      "name: Testi Ostäjä",
      "addressline: Hämeenkatu 10 B 4",
      "postnumber: 33100",
      "town: Tampere",
      "countrycode type=ISO-3166: FI",
    ],
  );
});

test("our payment is the example payment", async () => {
  const { bodyOf, invoiceId } = await everything();
  const example = read("salespayment.request.xml").replace(">501<", `>${invoiceId}<`);
  assert.deepEqual(outline(bodyOf("salespayment.nv")), outline(example));
});

async function creditedToo() {
  const all = await everything();
  const { customerId, invoiceId } = all;
  const input = { order, vat, customerId, invoiceId, invoiceNumber: "1001" };
  return { ...all, ...(await all.accounting.credit.run(input, all.call)) };
}

test("our credit note has every element of the example, in its order, and names its invoice", async () => {
  const { bodyOf } = await creditedToo();
  const written = outline(bodyOf("salesinvoice.nv", true), false);
  const theirs = outline(read("salesinvoice.credit.request.xml"), false);
  const isOwn = (entry: string) => /invoicingcustomer(?!identifier)|freetextbefore/.test(entry);
  // The example gives back one line, ours both.
  const line = theirs.filter((entry) => entry.includes("/invoiceline"));
  assert.deepEqual(
    written.filter((entry) => !isOwn(entry)),
    [...theirs, ...line.filter((entry) => !entry.endsWith("/invoicelines"))],
  );
  const texts = outline(bodyOf("salesinvoice.nv", true)).filter((entry) =>
    /comment|amount|freetext|quantity|unitprice|vatsum|linesum/.test(entry),
  );
  assert.deepEqual(
    texts.map((entry) => entry.replace(/^.*\/(salesinvoice|product)(productline)?/, "")),
    [
      "amount iso4217currencycode=EUR: -105,70",
      "freetextbeforelines: Hyvityslasku laskulle 1001 / Credit note for invoice 1001",
      "privatecomment: ordna:ORD-10042:credit",
      "unitprice type=gross: 49,90",
      "quantity: -2",
      "vatsum: -20,28",
      "sum: -99,80",
      "unitprice type=gross: 5,90",
      "quantity: -1",
      "vatsum: -1,20",
      "sum: -5,90",
    ],
  );
});

test("our matching is the example matching", async () => {
  const { bodyOf, invoiceId, creditNoteId } = await creditedToo();
  const example = read("matchcreditnote.request.xml")
    .replace(">502<", `>${creditNoteId}<`)
    .replace(">501<", `>${invoiceId}<`);
  assert.deepEqual(outline(bodyOf("matchcreditnote.nv")), outline(example));
});

/** Answers everything with one file, as the provider would. */
function answering(name: string, status = Number(/\.(\d{3})\./.exec(name)?.[1])) {
  const { accounting } = aCompany();
  const send = async (request: HttpRequest) => ({
    status,
    headers: {},
    body: new TextEncoder().encode(read(name)),
    request,
  });
  return { accounting, call: callTo(aCompany().simulator, { send, now }) };
}

test("the example list is read: our invoice is found by its private comment", async () => {
  const { accounting, call } = answering("salesinvoicelist.200.response.xml");
  assert.ok(accounting.invoice.repeat.how === "look-first");
  const find = accounting.invoice.repeat.find;
  const input = { order, vat, customerId: "WEB-000123" };
  const issuedOn = localDate(order.paidAt, "Europe/Helsinki");
  const gross = { minor: String(order.total.minor), currency: "EUR" };
  const found = { invoiceId: "501", invoiceNumber: "1001", issuedOn, gross };
  assert.deepEqual(await find(input, call), [found]);
  const other = { ...input, order: anOrder({ reference: "ORD-1004" }) };
  assert.deepEqual(await find(other, call), []);
  const empty = answering("salesinvoicelist.empty.200.response.xml");
  assert.deepEqual(await find(input, empty.call), []);
});

test("the example reply gives the key of the new record", async () => {
  const { accounting, call } = answering("created.200.response.xml");
  const paid = await accounting.payment.run({ order, invoiceId: "501" }, call);
  assert.deepEqual(paid, { paymentId: "501" });
});

const refusals: readonly [string, Verdict, string][] = [
  ["auth-failed.401.response.xml", "transient", "auth.refused"],
  ["invalid-data.400.response.xml", "permanent", "request.refused"],
  ["request-not-unique.400.response.xml", "ambiguous", "provider.no_answer"],
];

for (const [name, verdict, cause] of refusals) {
  for (const status of [undefined, 200]) {
    test(`${name} is ${verdict}, even with HTTP ${status ?? "status asked for"}`, async () => {
      const { accounting, call } = answering(name, status);
      const outcome = await attempt(accounting.payment, { order, invoiceId: "501" }, call, false);
      assert.ok("error" in outcome);
      assert.equal(outcome.error.verdict, verdict);
      assert.equal(outcome.error.failure.cause, cause);
    });
  }
}

test("an invoice that Netvisor does not hold is OK and empty, and stops the document", async () => {
  const { accounting, call } = answering("getsalesinvoice.notfound.200.response.xml");
  const input = { invoiceId: "9", invoiceNumber: "9" };
  const outcome = await attempt(accounting.invoiceDocument, input, call, false);
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.error.message, /holds no invoice with the key 9/);
});

test("the simulator answers in the shapes of the examples", async () => {
  const { simulator, call, sent, customerId } = await everything();
  const again = async (change: (request: HttpRequest) => HttpRequest, from: string) => {
    const request = sent.find(({ url }) => url.includes(from));
    assert.ok(request);
    const response = await call.send(change(request));
    return { status: response.status, xml: bodyText(response) };
  };
  const same = ({ status, xml }: { status: number; xml: string }, name: string) => {
    assert.equal(status, Number(/\.(\d{3})\./.exec(name)?.[1]));
    assert.deepEqual(outline(xml, false), outline(read(name), false), name);
  };
  same(await again((r) => r, "salesinvoice.nv"), "request-not-unique.400.response.xml");
  same(
    await again((r) => ({ ...r, url: `${r.url}&x=1` }), "salesinvoice.nv"),
    "auth-failed.401.response.xml",
  );

  const answers: string[] = [];
  const company = aCompany();
  const spying = callTo(simulator, {
    now,
    send: async (request) => {
      const response = await call.send(request);
      answers.push(bodyText(response));
      return response;
    },
  });
  const { invoice, payment, invoiceDocument } = company.accounting;
  assert.ok(invoice.repeat.how === "look-first");
  await invoice.repeat.find({ order, vat, customerId }, spying);
  await invoice.repeat.find({ order, vat, customerId: "WEB-NOBODY" }, spying);
  const { invoiceId } = await invoice.run({ order, vat, customerId }, spying);
  await payment.run({ order, invoiceId }, spying);
  await attempt(invoiceDocument, { invoiceId: "9", invoiceNumber: "9" }, spying, false);
  const [list, empty, , , , paid, missing] = answers;
  same(
    { status: 200, xml: list?.replace(/substatus="paid"/, 'substatus="open"') ?? "" },
    "salesinvoicelist.200.response.xml",
  );
  same({ status: 200, xml: empty ?? "" }, "salesinvoicelist.empty.200.response.xml");
  same({ status: 200, xml: paid ?? "" }, "created.200.response.xml");
  same({ status: 200, xml: missing ?? "" }, "getsalesinvoice.notfound.200.response.xml");
});
