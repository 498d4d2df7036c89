// The simulated Netvisor refuses what the real one refuses.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { test } from "node:test";
import { mapCollection, type SimulatorKit } from "../../connector-kit/simulator.ts";
import { now, options } from "./shop-for-tests.ts";
import { simulateNetvisor } from "./simulator.ts";

/** A request signed by hand, so that nothing of the connector is trusted here. */
function signed(url: string, body: string | undefined, overrides: Record<string, string> = {}) {
  const auth: Record<string, string> = {
    Sender: "test",
    CustomerId: options.customerId,
    PartnerId: options.partnerId,
    Timestamp: "2026-11-23 12:00:00.000",
    TimestampUnix: "1795435200",
    TransactionId: randomUUID(),
    MACHashCalculationAlgorithm: "HMACSHA256",
    UseHTTPResponseStatusCodes: "1",
    ...overrides,
  };
  const [customerKey, partnerKey] = ["1".repeat(32), "2".repeat(32)];
  const message = [
    url,
    auth.Sender,
    auth.CustomerId,
    auth.Timestamp,
    "FI",
    options.organisationId,
    auth.TransactionId,
    auth.TimestampUnix,
    customerKey,
    partnerKey,
  ].join("&");
  const mac = createHmac("sha256", `${customerKey}&${partnerKey}`).update(message).digest("hex");
  const prefixed = Object.entries({ MAC: mac, ...auth }).map(([name, value]) => [
    `X-Netvisor-Authentication-${name}`,
    value,
  ]);
  const headers = {
    ...Object.fromEntries(prefixed),
    "X-Netvisor-Interface-Language": "FI",
    "X-Netvisor-Organisation-ID": options.organisationId,
  };
  return new Request(url, body === undefined ? { headers } : { method: "POST", headers, body });
}

function aSimulator() {
  const maps = new Map<string, Map<string, unknown>>();
  const kit: SimulatorKit = {
    now,
    collection<T>(name: string) {
      // Only this collection writes to its map, and it writes T.
      const map = (maps.get(name) ?? new Map()) as Map<string, T>;
      maps.set(name, map);
      return mapCollection(map);
    },
  };
  const simulator = simulateNetvisor(kit, options);
  const ask = async (path: string, body?: string, overrides?: Record<string, string>) => {
    const response = await simulator.fetch(signed(`http://any.host/${path}`, body, overrides));
    const text = await response.text();
    const statuses = [...text.matchAll(/<Status>(.*?)<\/Status>/g)].map((match) => match[1]);
    return { status: response.status, text, says: statuses.join(" ") };
  };
  return { simulator, ask, kit };
}

const customer =
  "<root><customer><customerbaseinformation><internalidentifier>C1</internalidentifier>" +
  "<name>Example Buyer</name></customerbaseinformation></customer></root>";
const product =
  "<root><product><productbaseinformation><productcode>P1</productcode>" +
  "<productgroup>G</productgroup><name>Curtain</name>" +
  '<unitprice type="gross">10,00</unitprice><isactive>1</isactive>' +
  "<issalesproduct>1</issalesproduct></productbaseinformation></product></root>";
const invoice = (lineSums: string, amount = "12,55") =>
  '<root><salesinvoice><salesinvoicedate format="ansi">2026-11-23</salesinvoicedate>' +
  `<salesinvoiceamount iso4217currencycode="EUR">${amount}</salesinvoiceamount>` +
  '<salesinvoicestatus type="netvisor">open</salesinvoicestatus>' +
  "<salesinvoiceourreference>REF1</salesinvoiceourreference>" +
  '<invoicingcustomeridentifier type="customer">C1</invoicingcustomeridentifier>' +
  "<paymenttermnetdays>0</paymenttermnetdays><invoicelines><invoiceline>" +
  '<salesinvoiceproductline><productidentifier type="customer">P1</productidentifier>' +
  '<productname>Curtain</productname><productunitprice type="gross">12,55</productunitprice>' +
  '<productvatpercentage vatcode="KOMY">25,5</productvatpercentage>' +
  "<salesinvoiceproductlinequantity>1</salesinvoiceproductlinequantity>" +
  `${lineSums}</salesinvoiceproductline></invoiceline></invoicelines></salesinvoice></root>`;
const payment = (sum: string, target: string) =>
  `<root><salespayment><sum currency="EUR">${sum}</sum><paymentdate>2026-11-23</paymentdate>` +
  `<targetidentifier type="netvisor">${target}</targetidentifier>` +
  "<sourcename>Example Buyer</sourcename>" +
  '<paymentmethod type="alternative">Stripe</paymentmethod></salespayment></root>';

async function withInvoice(xml: string) {
  const all = aSimulator();
  await all.ask("customer.nv?method=add", customer);
  await all.ask("product.nv?method=add", product);
  const answer = await all.ask("salesinvoice.nv?method=add", xml);
  const held = all.simulator.records().find(({ kind }) => kind === "invoice");
  return { ...all, answer, held };
}

test("HTTP statuses come only when they are asked for; the body fails either way", async () => {
  const { ask } = aSimulator();
  const wrong = { CustomerId: "SOMEBODY" };
  const asked = await ask("customerlist.nv", undefined, wrong);
  const silent = await ask("customerlist.nv", undefined, {
    ...wrong,
    UseHTTPResponseStatusCodes: "0",
  });
  assert.equal(asked.status, 401);
  assert.equal(silent.status, 200);
  assert.equal(silent.says, "FAILED AUTHENTICATION_FAILED :: Customer identifier not found");
});

const doors: readonly [string, Record<string, string>, RegExp][] = [
  ["an unknown partner", { PartnerId: "X" }, /AUTHENTICATION_FAILED/],
  ["a MAC of something else", { MAC: "0".repeat(64) }, /AUTHENTICATION_FAILED :: MAC/],
  ["a plain MD5", { MACHashCalculationAlgorithm: "MD5" }, /AUTHENTICATION_FAILED :: Unknown hash/],
  ["a clock 16 minutes late", { TimestampUnix: "1795434240" }, /Timestamp is out of range/],
  ["a timestamp of ISO form", { Timestamp: "2026-11-23T12:00:00Z" }, /Timestamp is out of range/],
];
for (const [name, overrides, says] of doors) {
  test(`${name} is refused at the door`, async () => {
    const { ask } = aSimulator();
    const answer = await ask("customerlist.nv", undefined, overrides);
    assert.match(answer.says, says);
    assert.equal(answer.status, 401);
  });
}

test("a transaction id is good for one request", async () => {
  const { ask } = aSimulator();
  const same = { TransactionId: "one" };
  assert.equal((await ask("customerlist.nv", undefined, same)).says, "OK");
  assert.match((await ask("customerlist.nv", undefined, same)).says, /REQUEST_NOT_UNIQUE/);
});

const both =
  "<salesinvoiceproductlinevatsum>2,54</salesinvoiceproductlinevatsum>" +
  "<salesinvoiceproductlinesum>12,55</salesinvoiceproductlinesum>";
const good = invoice(both);
const refused: readonly [string, string, RegExp][] = [
  [
    "elements in another order",
    good.replace(
      /(<salesinvoiceamount.*?<\/salesinvoiceamount>)(<salesinvoicestatus.*?<\/salesinvoicestatus>)/,
      "$2$1",
    ),
    /'salesinvoicestatus' is not allowed here/,
  ],
  [
    "an element that it does not know",
    good.replace("<paymenttermnetdays>", "<x>1</x><paymenttermnetdays>"),
    /'x' is not allowed here/,
  ],
  [
    "no payment term",
    good.replace("<paymenttermnetdays>0</paymenttermnetdays>", ""),
    /Payment term/,
  ],
  ["a decimal point", good.replace("12,55</sales", "12.55</sales"), /'12.55' is not a number/],
  ["an unknown customer", good.replace(">C1<", ">C2<"), /Customer not found with code: C2/],
  ["an unknown product", good.replace(">P1<", ">P2<"), /Product not found with code: P2/],
  ["an unknown VAT code", good.replace("KOMY", "OSS"), /'vatcode' of .* can not be 'OSS'/],
  [
    "a reference number with letters",
    good.replace(
      "<salesinvoiceamount",
      "<salesinvoicereferencenumber>#1001</salesinvoicereferencenumber><salesinvoiceamount",
    ),
    /Reference number is not valid/,
  ],
  [
    "a reference number with a wrong check digit",
    good.replace(
      "<salesinvoiceamount",
      "<salesinvoicereferencenumber>100422</salesinvoicereferencenumber><salesinvoiceamount",
    ),
    /Reference number is not valid/,
  ],
  ["a Finnish date", good.replace("2026-11-23", "23.11.2026"), /is not a date/],
  [
    "a missing attribute",
    good.replace(' type="customer">C1', ">C1"),
    /'type' of 'invoicingcustomeridentifier' is required/,
  ],
  ["a declared entity", `<!DOCTYPE root>${good}`, /not XML/],
  ["half a document", good.slice(0, -20), /not XML/],
];
for (const [name, xml, says] of refused) {
  test(`an invoice with ${name} is INVALID_DATA`, async () => {
    const { answer, held } = await withInvoice(xml);
    assert.match(answer.says, /^FAILED INVALID_DATA :: Data form incorrect:\. /);
    assert.match(answer.says, says);
    assert.equal(answer.status, 400);
    assert.equal(held, undefined);
  });
}

test("a line's own sums count only when both are given", async () => {
  const given = await withInvoice(invoice(both, ""));
  assert.match(JSON.stringify(given.held?.fields.lines), /"vatSum":254,"sum":1255/);
  const one = "<salesinvoiceproductlinesum>99,00</salesinvoiceproductlinesum>";
  const alone = await withInvoice(invoice(one, ""));
  assert.match(JSON.stringify(alone.held?.fields.lines), /"vatSum":255,"sum":1255/);
});

test("an empty amount is added up, a given one is used as it is", async () => {
  assert.equal((await withInvoice(invoice("", ""))).held?.fields.sum, 1255);
  assert.equal((await withInvoice(invoice("", "13,00"))).held?.fields.sum, 1300);
});

test("payments lower the open sum, and a paid invoice takes no more", async () => {
  const { ask, held, simulator } = await withInvoice(good);
  const key = held?.id ?? "";
  const list = async (filter: string) => (await ask(`salesinvoicelist.nv?${filter}`)).text;
  await ask("salespayment.nv", payment("10,00", key));
  assert.match(await list("invoicestatus=open"), /<OpenSum>2,55<\/OpenSum>/);
  await ask("salespayment.nv", payment("2,55", key));
  await ask("salespayment.nv", payment("2,55", key));
  assert.match(await list("invoicestatus=paid"), /<OpenSum>0,00<\/OpenSum>/);
  assert.match(await list("invoicestatus=open"), /<SalesInvoiceList \/>/);
  const payments = simulator.records().filter(({ kind }) => kind === "payment");
  assert.deepEqual(
    payments.map(({ fields, reference }) => [fields.isMatched, reference]),
    [
      [true, "REF1"],
      [true, "REF1"],
      [false, "REF1"],
    ],
  );
  const matched = (await ask(`salespaymentlist.nv?invoicenetvisorkey=${key}`)).text;
  assert.equal(matched.split("<SalesPayment>").length - 1, 2);
  assert.match((await ask("salespayment.nv", payment("1,00", "9"))).says, /Invoice not found: 9/);
});

test("lists are filtered by customer, date and key, and tell comments only when asked", async () => {
  const { ask, held } = await withInvoice(good);
  const finds = async (filter: string) =>
    (await ask(`salesinvoicelist.nv?${filter}`)).text.includes("<InvoiceNumber>1001<");
  assert.equal(await finds("customercode=C1&begininvoicedate=2026-11-23"), true);
  assert.equal(await finds("CustomerCode=C2"), false);
  assert.equal(await finds("begininvoicedate=2026-11-24"), false);
  assert.equal(await finds("endinvoicedate=2026-11-22"), false);
  assert.equal(await finds(`invoicesabovenetvisorkey=${held?.id}`), false);
  assert.equal((await ask("salesinvoicelist.nv")).text.includes("PrivateComment"), false);
  assert.equal(
    (await ask("salesinvoicelist.nv?replyoption=1")).text.includes("PrivateComment"),
    true,
  );
});

test("two requests at once are counted, and refused when Netvisor is strict", async () => {
  const { simulator, ask } = aSimulator();
  await Promise.all([ask("customerlist.nv"), ask("customerlist.nv")]);
  assert.equal(simulator.overlaps, 1);
  simulator.setMood("strict-serial", true);
  const answers = await Promise.all([ask("customerlist.nv"), ask("customerlist.nv")]);
  assert.deepEqual(answers.map(({ says }) => says.split(" ::")[0]).sort(), [
    "FAILED TECHNICAL_ERROR",
    "OK",
  ]);
});

test("a restart finds the books as they were", async () => {
  const { kit, held, simulator } = await withInvoice(good);
  const after = simulateNetvisor(kit, options);
  assert.deepEqual(after.records(), simulator.records());
  assert.ok(held);
});
