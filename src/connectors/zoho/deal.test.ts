import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActionError } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import { zoho } from "./connector.ts";
import type { ZohoOptions } from "./options.ts";
import { held, type Rig, required, rig } from "./shop-for-tests.ts";
import type { ZohoSimulatorOptions } from "./simulator.ts";

async function shopWithContact(
  options: Partial<ZohoOptions> = {},
  organisation: Partial<ZohoSimulatorOptions> = {},
) {
  const shop = await rig(options, organisation);
  const { contactId } = await shop.contact.run({ order: anOrder() }, shop.call);
  return { shop, contactId };
}

async function dealFor(order: Order, options: Partial<ZohoOptions> = {}) {
  const { shop, contactId } = await shopWithContact(options);
  await shop.deal.run({ order, contactId }, shop.call);
  const [deal] = held(shop.simulator, "deal");
  assert.ok(deal);
  return { fields: deal.fields, text: String(deal.fields.Description), contactId };
}

async function refusal(shop: Rig, contactId: string, order = anOrder()): Promise<ActionError> {
  const outcome = await attempt(shop.deal, { order, contactId }, shop.call, false);
  assert.ok(outcome.kind === "failed", outcome.kind);
  return outcome.error;
}

test("a deal carries the reference, the amount in euros, the day and the contact", async () => {
  const { fields, contactId } = await dealFor(anOrder(), { pipeline: "Web shop" });
  const { Description, ...rest } = fields;
  assert.deepEqual(rest, {
    External_Order_ID: "ABCDEFGHJK1234",
    Deal_Name: "Order ABCDEFGHJK1234 (PK-10482) Example Buyer",
    Stage: "Closed Won",
    Pipeline: "Web shop",
    Closing_Date: "2026-11-23",
    Amount: 159.63,
    Contact_Name: { id: contactId },
    $trigger: [],
  });
});

test("a deal closes on the day on which it was paid where the shop is", async () => {
  const order = anOrder({ paidAt: "2026-11-23T22:30:00.000Z" });
  const { fields } = await dealFor(order, { timeZone: "Europe/Helsinki" });
  assert.equal(fields.Closing_Date, "2026-11-24");
  assert.equal((await dealFor(order)).fields.Closing_Date, "2026-11-23");
});

test("lines and delivery address stand in the description of a deal", async () => {
  const { text } = await dealFor(anOrder());
  assert.match(text, /3 x Blackout curtain 140×250 \[CUR-140-250\]: 134\.73 EUR/);
  assert.match(text, /Shipping: 6\.90 EUR/);
  assert.match(text, /Ship to:\nExample Buyer\nMannerheimintie 12 A 3\n00100 Helsinki\nFI/);
});

const sek = anOrder({ currency: "SEK", total: money(129000, "SEK"), tax: money(25800, "SEK") });

test("kronor are not written as euros into an organisation that knows euros only", async () => {
  const { fields, text } = await dealFor(sek);
  assert.equal("Amount" in fields, false);
  assert.equal("Currency" in fields, false);
  assert.match(text, /Paid: 1290\.00 SEK/);
  assert.match(text, /Amount is left empty: it would be read as EUR/);
});

test("with multiple currencies the amount is written in the order's own", async () => {
  const { fields } = await dealFor(sek, { multiCurrency: true });
  assert.equal(fields.Amount, 1290);
  assert.equal(fields.Currency, "SEK");
});

test("a currency without decimals is not divided by a hundred", async () => {
  const yen = anOrder({ currency: "JPY", total: money(1290, "JPY"), tax: money(0, "JPY") });
  assert.equal((await dealFor(yen, { homeCurrency: "JPY" })).fields.Amount, 1290);
});

test("orders of the same buyer and the same shop number stay two deals", async () => {
  const { shop, contactId } = await shopWithContact();
  const other = anOrder({ reference: "ZZZZZZZZZZZZZZ" });
  await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  await shop.deal.run({ order: other, contactId }, shop.call);
  const references = held(shop.simulator, "deal").map((deal) => deal.reference);
  assert.deepEqual(references, ["ABCDEFGHJK1234", "ZZZZZZZZZZZZZZ"]);
});

test("a huge order fits: name, description and what follows after dispatch", async () => {
  const [line] = anOrder().lines;
  assert.ok(line);
  const lines = Array.from({ length: 2000 }, () => ({ ...line, description: "x".repeat(200) }));
  const shopOrder = "y".repeat(500);
  const { fields, text } = await dealFor(anOrder({ lines, shopOrder }));
  assert.ok(String(fields.Deal_Name).length <= 120);
  assert.ok(text.length <= 29_000);
  assert.match(text, /… and \d+ more lines/);
  assert.match(text, /Ship to:\nExample Buyer/);
});

test("a customer's line break cannot pose as a line of ours", async () => {
  const shipTo = { ...anOrder().shipTo, name: "Example\nTracking number: 1\u2028Invoice: 2" };
  const { text } = await dealFor(anOrder({ shipTo }));
  assert.equal(/^(Tracking number|Invoice):/m.test(text), false);
});

test("without the order field no deal is made, or its reference would be lost", async () => {
  const { shop, contactId } = await shopWithContact({}, { orderField: undefined });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "field.missing");
  assert.equal(held(shop.simulator, "deal").length, 0);
});

test("an order field that accepts duplicates is refused before a deal is made", async () => {
  const { shop, contactId } = await shopWithContact({}, { isOrderFieldUnique: false });
  assert.match((await refusal(shop, contactId)).message, /Do not allow duplicate values/);
  assert.equal(held(shop.simulator, "deal").length, 0);
});

for (const [name, options] of [
  ["Stage", { stage: "Paid" }],
  ["Pipeline", { pipeline: "Shop" }],
  ["Lead_Source", { leadSource: "Shop" }],
] as const) {
  test(`a ${name} that the organisation does not offer is not written, even where Zoho would take it`, async () => {
    const shop = await rig(options, { pipelines: ["Standard"], leadSources: ["Web"] });
    shop.simulator.setMood("takes-any-value", true);
    await shop.direct("POST", "Contacts", { data: [{ Last_Name: "A" }] });
    const error = await refusal(shop, held(shop.simulator, "contact")[0]?.id ?? "");
    assert.equal(error.failure.cause, "config.invalid");
    assert.match(error.message, new RegExp(`no ${name} "(Paid|Shop)".*such as "`));
    assert.equal(held(shop.simulator, "deal").length, 0);
  });
}

test("a stage that somebody adds in Zoho is seen at the next try, not an hour later", async () => {
  const shop = await rig({ stage: "Paid" });
  await shop.direct("POST", "Contacts", { data: [{ Last_Name: "A" }] });
  const contactId = held(shop.simulator, "contact")[0]?.id ?? "";
  await refusal(shop, contactId);
  // The same organisation, after somebody has added the stage.
  const after = await rig({}, { stages: ["Paid"] });
  await after.direct("POST", "Contacts", { data: [{ Last_Name: "A" }] });
  await shop.deal.run({ order: anOrder(), contactId }, after.call);
  assert.equal(held(after.simulator, "deal")[0]?.fields.Stage, "Paid");
});

test("a clash in another field than ours is not taken for our deal", async () => {
  const { shop, contactId } = await shopWithContact({}, { isDealNameUnique: true });
  const clash = {
    Deal_Name: "Order ABCDEFGHJK1234 (PK-10482) Example Buyer",
    Stage: "Closed Lost",
  };
  await shop.direct("POST", "Deals", { data: [clash] });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "record.exists_differently");
  assert.match(error.message, /Deal_Name is taken/);
});

test("a deal that people have worked on is found again and left as it is", async () => {
  const { shop, contactId } = await shopWithContact();
  const { dealId } = await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  const worked = { Stage: "Closed Lost", Description: "Customer rang", Amount: 1 };
  await shop.direct("PUT", `Deals/${dealId}`, { data: [worked] });
  assert.deepEqual(await shop.deal.run({ order: anOrder(), contactId }, shop.call), { dealId });
  const [deal] = held(shop.simulator, "deal");
  assert.deepEqual(
    [deal?.fields.Stage, deal?.fields.Description],
    ["Closed Lost", "Customer rang"],
  );
});

test("a deal made a moment ago is found although search does not show it yet", async () => {
  const { shop, contactId } = await shopWithContact();
  shop.simulator.setMood("search-lags", true);
  const first = await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  const searched = await shop.direct("GET", "Deals/search?word=ABCDEFGHJK1234");
  assert.equal(searched.status, 204);
  const before = shop.requests.length;
  assert.deepEqual(await shop.deal.run({ order: anOrder(), contactId }, shop.call), first);
  assert.deepEqual(shop.requests.slice(before), ["POST /crm/v8/coql"]);
});

test("an id of nineteen digits comes back digit by digit", async () => {
  const { shop, contactId } = await shopWithContact();
  const { dealId } = await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  assert.match(dealId, /^\d{19}$/);
  assert.notEqual(String(Number(dealId)), dealId, "a number could not carry it");
  assert.equal(held(shop.simulator, "deal")[0]?.id, dealId);
});

test("multiple currencies that the organisation does not have are found out before an amount is misread", async () => {
  const { shop, contactId } = await shopWithContact(
    { multiCurrency: true },
    { isMultiCurrency: false },
  );
  const error = await refusal(shop, contactId, sek);
  assert.equal(error.failure.cause, "config.invalid");
  assert.match(error.message, /no field Currency.*multiCurrency to false/);
  assert.equal(held(shop.simulator, "deal").length, 0);
});

test("a currency that is not active in the organisation is named, not replaced by another", async () => {
  const currencies = ["EUR", "Norwegian Krone - NOK"];
  const { shop, contactId } = await shopWithContact({ multiCurrency: true }, { currencies });
  assert.match((await refusal(shop, contactId, sek)).message, /SEK is not active/);
  const nok = anOrder({ currency: "NOK", total: money(129000, "NOK"), tax: money(0, "NOK") });
  shop.simulator.setMood("takes-any-value", true);
  await shop.deal.run({ order: nok, contactId }, shop.call);
  assert.equal(held(shop.simulator, "deal")[0]?.fields.Currency, "NOK");
});

test("a deal is cut to the organisation's own lengths, and the whole name stands in its description", async () => {
  const lengths = { Deal_Name: 40, Description: 2000 };
  const { shop, contactId } = await shopWithContact({}, { lengths });
  const name = `Anna ${"b".repeat(200)}`;
  const buyer = { ...anOrder().buyer, name };
  await shop.deal.run({ order: anOrder({ buyer }), contactId }, shop.call);
  const [deal] = held(shop.simulator, "deal");
  assert.equal(String(deal?.fields.Deal_Name).length, 40);
  assert.match(String(deal?.fields.Deal_Name), /^Order ABCDEFGHJK1234 .*…$/);
  assert.ok(String(deal?.fields.Description).includes(`Buyer:\n${name}\n`));
});

test("a field that may only be read is named before its value is lost", async () => {
  const { shop, contactId } = await shopWithContact({}, { readOnly: ["Closing_Date"] });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "field.missing");
  assert.match(error.message, /Closing_Date of Deals .*read-only/);
});

test("a new deal carries the shop's tags, once", async () => {
  const { shop, contactId } = await shopWithContact({ tags: ["web shop", "Ordna"] });
  for (const _time of ["first", "again"]) {
    await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  }
  const tags = held(shop.simulator, "deal").map(({ fields }) => fields.Tag);
  assert.deepEqual(tags, [[{ name: "web shop" }, { name: "Ordna" }]]);
});

test("with details in a note, one note under the deal says what was bought and where it goes", async () => {
  const { shop, contactId } = await shopWithContact({ details: "note" });
  const input = { order: anOrder(), contactId };
  const { dealId } = await shop.deal.run(input, shop.call);
  await shop.deal.run(input, shop.call);
  const [note, ...others] = held(shop.simulator, "note");
  assert.equal(others.length, 0);
  assert.equal(note?.fields.Note_Title, "Order ABCDEFGHJK1234");
  assert.match(String(note?.fields.Note_Content), /3 x Blackout.*Shipping: 6\.90 EUR/s);
  assert.deepEqual(note?.fields.Parent_Id, { module: { api_name: "Deals" }, id: dealId });
  assert.equal(held(shop.simulator, "deal")[0]?.fields.Description, undefined);
});

test("a note is found among more notes than one page shows", async () => {
  const { shop, contactId } = await shopWithContact();
  const { dealId } = await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  const Parent_Id = { module: { api_name: "Deals" }, id: dealId };
  const call = (i: number) => ({ Note_Title: `Call ${i}`, Parent_Id });
  for (const from of [0, 100, 200]) {
    const data = Array.from({ length: 100 }, (_, i) => call(from + i));
    assert.equal((await shop.direct("POST", "Notes", { data })).status, 201);
  }
  const ours = { Note_Title: "Order ABCDEFGHJK1234", Parent_Id };
  await shop.direct("POST", "Notes", { data: [ours] });
  const withNote = zoho({ ...required, details: "note" }).connect(shop.wiring);
  await withNote.deal.run({ order: anOrder(), contactId }, shop.call);
  assert.equal(held(shop.simulator, "note").length, 301);
});
