import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import type { Order, Party } from "../../order/order.ts";
import { contactFields, nameOf } from "./contact-fields.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import type { ZohoOptions } from "./options.ts";
import { held, type Rig, rig } from "./shop-for-tests.ts";

const buyer = anOrder().buyer;
const orderOf = (changes: Partial<Party>) => anOrder({ buyer: { ...buyer, ...changes } });

/** A contact that somebody entered by hand. */
async function enter(shop: Rig, contact: Record<string, unknown>): Promise<void> {
  const answer = await shop.direct("POST", "Contacts", { data: [contact], trigger: [] });
  assert.equal(answer.status, 201);
}

async function contactOf(shop: Rig, order: Order) {
  return shop.contact.run({ order }, shop.call);
}

/** As the worker does: attempts with the same `exclusive` value wait for each other. */
function inTurn(shop: Rig) {
  const queues = new Map<string, Promise<unknown>>();
  return (order: Order) => {
    const key = shop.contact.exclusive?.({ order }) ?? order.reference;
    const turn = (queues.get(key) ?? Promise.resolve()).then(() => contactOf(shop, order));
    queues.set(key, turn);
    return turn;
  };
}

const twoOrders = [
  anOrder(),
  anOrder({ reference: "ZZZZZZZZZZZZZZ", buyer: { ...buyer, email: " Buyer@Example.com" } }),
];

test("two orders of one buyer at once make one contact", async () => {
  const shop = await rig();
  const [a, b] = await Promise.all(twoOrders.map(inTurn(shop)));
  assert.equal(a?.contactId, b?.contactId);
  assert.equal(held(shop.simulator, "contact").length, 1);
});

test("without taking turns Zoho makes two contacts of them, which is why they do", async () => {
  const shop = await rig();
  await Promise.all(twoOrders.map((order) => contactOf(shop, order)));
  assert.equal(held(shop.simulator, "contact").length, 2);
});

test("a contact made a moment ago is found although search does not show it yet", async () => {
  const shop = await rig({}, { searchLagMs: 10_000 });
  const first = await contactOf(shop, anOrder());
  const searched = await shop.direct("GET", "Contacts/search?email=buyer%40example.com");
  assert.equal(searched.status, 204);
  assert.deepEqual(await contactOf(shop, anOrder()), first);
});

test("a new contact carries name, address and lead source, and starts no workflow", async () => {
  const shop = await rig({ leadSource: "Web shop" });
  await contactOf(shop, anOrder());
  const [contact] = held(shop.simulator, "contact");
  assert.deepEqual(contact?.fields, {
    First_Name: "Example",
    Last_Name: "Buyer",
    Email: "buyer@example.com",
    Phone: "+358401234567",
    Mailing_Street: "Mannerheimintie 12 A 3",
    Mailing_City: "Helsinki",
    Mailing_Zip: "00100",
    Mailing_Country: "FI",
    Lead_Source: "Web shop",
    $trigger: [],
  });
});

const curated = {
  Email: "Buyer@Example.com",
  Last_Name: "Buyer",
  Phone: "+35891234",
  Mailing_City: "Espoo",
};

const afterPurchase: Record<NonNullable<ZohoOptions["overwrite"]>, Record<string, unknown>> = {
  never: { First_Name: undefined, Phone: "+35891234", Mailing_City: "Espoo" },
  empty: { First_Name: "Example", Phone: "+35891234", Mailing_City: "Espoo" },
  always: { First_Name: "Example", Phone: "+358401234567", Mailing_City: "Helsinki" },
};

for (const overwrite of ["never", "empty", "always"] as const) {
  test(`a purchase changes a contact that exists as far as "${overwrite}" allows`, async () => {
    const shop = await rig({ overwrite });
    await enter(shop, curated);
    await contactOf(shop, anOrder());
    const [contact, ...others] = held(shop.simulator, "contact");
    assert.equal(others.length, 0);
    for (const [name, value] of Object.entries(afterPurchase[overwrite])) {
      assert.equal(contact?.fields[name], value, name);
    }
  });
}

test("half of our address is never mixed into the address of a contact", async () => {
  const shop = await rig();
  await enter(shop, curated);
  await contactOf(shop, anOrder());
  assert.equal(held(shop.simulator, "contact")[0]?.fields.Mailing_Zip, undefined);
});

test("when nothing may change, nothing is written", async () => {
  const shop = await rig();
  await contactOf(shop, anOrder());
  const before = shop.requests.length;
  await contactOf(shop, anOrder());
  assert.deepEqual(shop.requests.slice(before), ["POST /crm/v8/coql"]);
});

test("of several contacts with one e-mail the oldest is taken, with a note", async () => {
  const shop = await rig();
  await enter(shop, { Last_Name: "First", Email: "buyer@example.com" });
  await enter(shop, { Last_Name: "Second", Email: "buyer@example.com" });
  const outcome = await attempt(shop.contact, { order: anOrder() }, shop.call, false);
  assert.ok(outcome.kind === "done");
  assert.equal(outcome.output.contactId, held(shop.simulator, "contact")[0]?.id);
  assert.match(JSON.stringify(outcome.output), /2 contacts in Zoho CRM share this e-mail/);
});

for (const coqlQuote of ["backslash", "doubled"] as const) {
  test(`an apostrophe in an e-mail is written into COQL (${coqlQuote})`, async () => {
    const shop = await rig({ coqlQuote });
    await enter(shop, { Last_Name: "Other", Email: "other@example.com" });
    const order = orderOf({ email: "o'neil@example.com" });
    const first = await contactOf(shop, order);
    assert.deepEqual(await contactOf(shop, order), first);
    assert.equal(held(shop.simulator, "contact").length, 2);
  });
}

for (const [what, email] of [
  ["missing", undefined],
  ["without @", "nobody"],
  ["too long", `${"a".repeat(100)}@example.com`],
  ["with a line break", "a\nb@example.com"],
] as const) {
  test(`an e-mail that is ${what} is a person's to mend, and Zoho is not asked`, async () => {
    const shop = await rig();
    const order = anOrder({ buyer: { ...buyer, email } });
    const outcome = await attempt(shop.contact, { order }, shop.call, false);
    assert.ok(outcome.kind === "failed");
    assert.equal(outcome.error.failure.field, "buyer.email");
    assert.deepEqual(shop.requests, []);
  });
}

test("names are split as Zoho wants them", () => {
  const split = (name?: string, company?: string) => nameOf({ name, company }, "info@example.com");
  assert.deepEqual(split("Test Kund Öberg"), { First_Name: "Test Kund", Last_Name: "Öberg" });
  assert.deepEqual(split("Kund"), { First_Name: "", Last_Name: "Kund" });
  assert.deepEqual(split("Example Oy", "Example Oy"), { First_Name: "", Last_Name: "Example Oy" });
  assert.deepEqual(split(undefined, "Example Oy"), { First_Name: "", Last_Name: "Example Oy" });
  assert.deepEqual(split("  "), { First_Name: "", Last_Name: "info" });
});

test("names are cut to Zoho's lengths, a telephone number is left out instead", () => {
  const long = { name: `${"Anna ".repeat(20)} ${"b".repeat(200)}`, phone: "1".repeat(31) };
  const fields = contactFields(long, "a@example.com", new Map());
  assert.equal(fields.First_Name?.length, 40);
  assert.equal(fields.Last_Name?.length, 80);
  assert.equal("Phone" in fields, false);
});

test("the organisation's own field lengths count", async () => {
  const shop = await rig();
  const address = { ...buyer.address, line1: "x".repeat(400) };
  await contactOf(shop, orderOf({ address }));
  const [contact] = held(shop.simulator, "contact");
  assert.equal(String(contact?.fields.Mailing_Street).length, 250);
});

/** The shop's call, with another answer to the requests of one path. */
function answering(shop: Rig, path: string, answer: { status: number; body: unknown }) {
  const seen: HttpRequest[] = [];
  const send: typeof shop.call.send = async (request) => {
    if (!request.url.endsWith(path)) return shop.call.send(request);
    seen.push(request);
    const body = new TextEncoder().encode(JSON.stringify(answer.body));
    return { status: answer.status, headers: {}, body, request };
  };
  return { call: { ...shop.call, send }, seen };
}

test("a look-alike among the rows of a look-up is nobody's contact", async () => {
  const shop = await rig();
  const body = { data: [{ id: "4820000000000999999", Email: "a.buyer@example.com" }] };
  const { call } = answering(shop, "/coql", { status: 200, body });
  const { contactId } = await shop.contact.run({ order: anOrder() }, call);
  assert.equal(contactId, held(shop.simulator, "contact")[0]?.id);
});

test("an e-mail in capitals is looked for in both spellings", async () => {
  const shop = await rig({ overwrite: "never" });
  const { call, seen } = answering(shop, "/coql", { status: 200, body: answers.read.coql.body });
  await shop.contact.run({ order: orderOf({ email: "Buyer@Example.com" }) }, call);
  assert.match(String(seen[0]?.body), /in \('buyer@example\.com', 'Buyer@Example\.com'\)/);
});

const clashWith = (module: string, apiName: string) => {
  const id = "4820000000000999999";
  const details = { api_name: apiName, duplicate_record: { id, module: { api_name: module } } };
  const error = { code: "DUPLICATE_DATA", details, message: "duplicate data", status: "error" };
  return { status: 400, body: { data: [error] } };
};

test("a contact with this e-mail that appeared meanwhile is taken", async () => {
  const shop = await rig();
  const { call } = answering(shop, "/upsert", clashWith("Contacts", "Email"));
  const { contactId } = await shop.contact.run({ order: anOrder() }, call);
  assert.equal(contactId, "4820000000000999999");
});

for (const [module, apiName] of [
  ["Leads", "Email"],
  ["Contacts", "Phone"],
] as const) {
  test(`a clash with ${apiName} of ${module} is a person's to settle`, async () => {
    const shop = await rig();
    const { call } = answering(shop, "/upsert", clashWith(module, apiName));
    const outcome = await attempt(shop.contact, { order: anOrder() }, call, false);
    assert.ok(outcome.kind === "failed");
    assert.equal(outcome.error.failure.cause, "crm.duplicate_contact");
    assert.match(outcome.error.message, new RegExp(`${apiName} is taken.* in ${module}`));
  });
}

test("our first name is not put before somebody else's last name", async () => {
  const shop = await rig();
  await enter(shop, { Email: "buyer@example.com", Last_Name: "Other" });
  await contactOf(shop, anOrder());
  assert.equal(held(shop.simulator, "contact")[0]?.fields.First_Name, undefined);
});

test("the automation that the shop names is started, and only that", async () => {
  const shop = await rig({ trigger: ["workflow"] });
  await contactOf(shop, anOrder());
  assert.deepEqual(held(shop.simulator, "contact")[0]?.fields.$trigger, ["workflow"]);
});
