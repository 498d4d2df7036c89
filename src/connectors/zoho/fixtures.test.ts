// What Zoho publishes about its answers and fields, held against our reading and against the simulator.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../../connector-kit/sample-order.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import standard from "./fixtures/standard-fields.json" with { type: "json" };
import { held, type Rig, rig } from "./shop-for-tests.ts";
import { organisation, simulatedModules } from "./simulated-metadata.ts";

type Answer = { readonly status: number; readonly body: unknown };

/** The answer with every scalar replaced by its type: two answers of one shape are equal. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== "object") return typeof value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([k, v]) => [k, shapeOf(v)]));
}

async function assertAnswers(promise: Promise<Response>, expected: Answer, isExact = false) {
  const response = await promise;
  const text = await response.text();
  const body: unknown = text === "" ? "" : JSON.parse(text);
  assert.equal(response.status, expected.status);
  if (isExact) assert.deepEqual(body, expected.body);
  else assert.deepEqual(shapeOf(body), shapeOf(expected.body));
}

const contact = { Last_Name: "Buyer", Email: "buyer@example.com" };

test("the simulator refuses in Zoho's own words when it is in a mood to", async () => {
  const shop = await rig();
  const fields = () => shop.direct("GET", "settings/fields?module=Deals");
  for (const [mood, answer] of [
    ["limit", answers.refused.concurrency],
    ["wrong-data-centre", answers.refused.dead_token],
  ] as const) {
    shop.simulator.setMood(mood, true);
    await assertAnswers(fields(), answer, true);
    shop.simulator.setMood(mood, false);
  }
  shop.simulator.setMood("credits-spent", true);
  await assertAnswers(fields(), answers.refused.credits, true);
  shop.simulator.setMood("credits-spent", false);
  shop.simulator.setMood("no-coql-scope", true);
  await assertAnswers(shop.direct("POST", "coql", {}), answers.refused.scope, true);
  const unsigned = new Request("https://www.zohoapis.eu/crm/v8/Deals/1");
  await assertAnswers(shop.simulator.fetch(unsigned), answers.refused.no_header, true);
  await assertAnswers(shop.direct("GET", "Nothings/1"), answers.refused.bad_module, true);
  await assertAnswers(shop.direct("GET", "Contacts/a/b"), answers.refused.bad_url, true);
});

test("the simulator finds, and finds nothing, as Zoho says it does", async () => {
  const shop = await rig();
  const search = () => shop.direct("GET", "Contacts/search?email=buyer%40example.com");
  const select_query = "select id, Email from Contacts where Email = 'buyer@example.com'";
  const query = () => shop.direct("POST", "coql", { select_query });
  await assertAnswers(search(), answers.read.none);
  await assertAnswers(query(), answers.read.none);
  await shop.direct("POST", "Contacts", { data: [contact] });
  assert.equal((await search()).status, answers.read.search.status);
  await assertAnswers(query(), answers.read.coql);
  await assertAnswers(shop.direct("GET", "Contacts/search"), answers.read.missing_param, true);
});

test("the simulator writes, in part or not at all, as Zoho says it does", async () => {
  const shop = await rig();
  const create = (...data: object[]) => shop.direct("POST", "Contacts", { data });
  const { created, mixed } = answers.written;
  const made = await create(contact);
  assert.equal(made.status, created.status);
  assert.equal((await create({ Last_Name: "A" }, { Last_Name: 1 })).status, mixed.status);
  const record = (answer: Answer) => JSON.stringify(shapeOf(answer.body));
  // Ours leaves out the approval's state, which depends on the organisation.
  const published = record(created).replace('"$approval_state":"string",', "");
  assert.equal(JSON.stringify(shapeOf(await made.json())), published);
});

/** Answers the requests of one path with this, and lets all others through. */
function answering(shop: Rig, path: RegExp, answer: Answer): Rig["call"] {
  const send: Rig["call"]["send"] = async (request) => {
    if (!path.test(request.url)) return shop.call.send(request);
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    const body = new TextEncoder().encode(text);
    return { status: answer.status, headers: {}, body, request };
  };
  return { ...shop.call, send };
}

test("a search or look-up without a body is none, not an error", async () => {
  const shop = await rig();
  const call = answering(shop, /\/coql$/, answers.read.none);
  const { contactId } = await shop.contact.run({ order: anOrder() }, call);
  assert.equal(held(shop.simulator, "contact")[0]?.id, contactId);
});

for (const [what, answer] of Object.entries({ ...answers.refused })) {
  test(`a look-up that Zoho refuses (${what}) makes no contact`, async () => {
    const shop = await rig();
    const call = answering(shop, /\/coql$/, answer);
    await assert.rejects(shop.contact.run({ order: anOrder() }, call), { name: "ActionError" });
    assert.deepEqual(held(shop.simulator, "contact"), []);
  });
}

const custom = ["External_Order_ID"];

test("every standard field of the simulator is one of Zoho's own", () => {
  const { fields } = organisation({
    orderField: "External_Order_ID",
    salesOrderField: "External_Order_ID",
    stages: [],
    isMultiCurrency: true,
  });
  for (const module of simulatedModules) {
    const known = [...standard.modules[module], ...custom];
    const strangers = fields[module].map(({ name }) => name).filter((n) => !known.includes(n));
    assert.deepEqual(strangers, [], module);
  }
});

test("every field that Ordna writes is one of Zoho's own, or the shop's order field", async () => {
  const shop = await rig({
    multiCurrency: true,
    details: "note",
    tags: ["web"],
    leadSource: "Web",
    pipeline: "Shop",
    salesOrders: { otherProduct: "4820000000000777777", status: "Approved" },
  });
  const sent = new Map<string, Set<string>>();
  const send: Rig["call"]["send"] = (request) => {
    const module = /\/v8\/(\w+)/.exec(request.url)?.[1] ?? "";
    const body = typeof request.body === "string" && /"data"/.test(request.body);
    const { data = [] } = body ? JSON.parse(String(request.body)) : {};
    const names = [...(sent.get(module) ?? []), ...data.flatMap(Object.keys)];
    if (names.length > 0) sent.set(module, new Set(names));
    return shop.call.send(request);
  };
  const call = { ...shop.call, send };
  const order = anOrder({ notes: ["Ring twice"] });
  const { contactId } = await shop.contact.run({ order }, call);
  const { dealId } = await shop.deal.run({ order, contactId }, call);
  const fulfilment = { trackingNumber: "0037", invoiceNumber: "1" };
  await shop.updateDeal.run({ order, dealId, ...fulfilment }, call);
  await shop.salesOrder?.run({ order, contactId, dealId }, call);
  for (const module of ["Contacts", "Deals", "Notes", "Sales_Orders"] as const) {
    const known = [...standard.modules[module], ...custom];
    const strangers = [...(sent.get(module) ?? ["nothing"])].filter((n) => !known.includes(n));
    assert.deepEqual(strangers, [], module);
  }
});
