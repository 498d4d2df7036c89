import assert from "node:assert/strict";
import { test } from "node:test";
import errors from "./fixtures/errors.json" with { type: "json" };
import listed from "./fixtures/list.200.json" with { type: "json" };
import schema from "./fixtures/pyairtable.BaseSchema.json" with { type: "json" };
import currency from "./fixtures/pyairtable.CurrencyFieldSchema.json" with { type: "json" };
import select from "./fixtures/pyairtable.SingleSelectFieldSchema.json" with { type: "json" };
import upserted from "./fixtures/upsert.200.json" with { type: "json" };
import { airtableShop } from "./shop-for-tests.ts";

const table = "/v0/appSimulated00001/Orders";
const byOrder = { performUpsert: { fieldsToMergeOn: ["Order ID"] } };
const row = (fields: Record<string, unknown>) => ({ records: [{ fields }] });

/** The keys at every level, so that two answers can be compared in shape. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (value === null || typeof value !== "object") return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, v]) => [key, shape(v)]),
  );
}

test("an upsert answers in Airtable's shape: one created, one updated", async () => {
  const { ask } = airtableShop();
  const { records, ...how } = upserted.request.body;
  await ask("PATCH", table, { ...how, records: records.slice(0, 1) });
  const answer = await (await ask("PATCH", table, { ...how, records })).json();
  assert.deepEqual(shape(answer), shape(upserted.response.body));
  assert.deepEqual([answer.createdRecords.length, answer.updatedRecords.length], [1, 1]);
});

test("a list finds by formula, by name and by id, and leaves empty cells out", async () => {
  const { ask } = airtableShop({ fields: { orderReference: "fldSimulatedOrder" } });
  const cells = { fldSimulatedOrder: "IT'S\\1", Total: 159.63, Items: "", Country: null };
  await ask("POST", table, row(cells));
  await ask("POST", table, row({ fldSimulatedOrder: "OTHER" }));
  for (const key of ["fldSimulatedOrder", "orderReference"]) {
    const formula = encodeURIComponent(`{${key}}='IT\\'S\\\\1'`);
    const answer = await (await ask("GET", `${table}?filterByFormula=${formula}`)).json();
    assert.deepEqual(
      answer.records.map((r: { fields: unknown }) => r.fields),
      [{ orderReference: "IT'S\\1", Total: 159.63 }],
    );
  }
  const one = await (await ask("GET", `${table}?maxRecords=1&fields%5B%5D=Total`)).json();
  assert.deepEqual(one.records[0].fields, { Total: 159.63 });
  assert.deepEqual(
    Object.keys(one.records[0]).sort(),
    Object.keys(listed.body.records[0] ?? {}).sort(),
  );
});

test("the schema answers in Airtable's shape", async () => {
  const { ask } = airtableShop();
  const answer = await (await ask("GET", "/v0/meta/bases/appSimulated00001/tables")).json();
  assert.deepEqual(
    Object.keys(answer.tables[0]).sort(),
    Object.keys(schema.tables[1] ?? {}).sort(),
  );
  const find = (type: string) =>
    answer.tables[0].fields.find((f: { type: string }) => f.type === type);
  assert.deepEqual(shape(find("singleSelect")), shape(select));
  assert.deepEqual(shape(find("currency")), shape(currency));
});

const refused: readonly [string, unknown, typeof errors.invalid][] = [
  ["an unknown field", { ...byOrder, ...row({ "Order ID": "A", Nope: 1 }) }, errors.unknownField],
  [
    "an unknown option",
    { ...byOrder, ...row({ "Order ID": "A", Status: "X" }) },
    errors.selectOption,
  ],
  ["a number as text", { ...byOrder, ...row({ "Order ID": "A", Total: "1.50" }) }, errors.badValue],
  ["a row without its merge field", { ...byOrder, ...row({ Country: "FI" }) }, errors.invalid],
  [
    "a merge on an amount",
    { performUpsert: { fieldsToMergeOn: ["Total"] }, ...row({ Total: 1 }) },
    errors.invalid,
  ],
  [
    "eleven rows",
    { ...byOrder, records: Array(11).fill({ fields: { "Order ID": "A" } }) },
    errors.invalid,
  ],
  ["no JSON object", "?", errors.invalid],
];

for (const [what, body, fixture] of refused) {
  test(`the simulated Airtable refuses ${what} as the real one, unwritten`, async () => {
    const { ask, simulator } = airtableShop();
    const response = await ask("PATCH", table, body);
    const answer = await response.json();
    assert.equal(response.status, fixture.status);
    assert.deepEqual(shape(answer), shape(fixture.body));
    assert.equal(answer.error.type, fixture.body.error.type);
    assert.equal(simulator.records().length, 0);
  });
}

test("typecast reads a number from text and makes an option; null empties a cell", async () => {
  const { ask, simulator } = airtableShop();
  const cells = { "Order ID": "A", Total: "1.50", Status: "Cutting" };
  await ask("PATCH", table, { ...byOrder, typecast: true, ...row(cells) });
  assert.deepEqual(simulator.records()[0]?.fields, { ...cells, Total: 1.5 });
  await ask("PATCH", table, { ...byOrder, ...row({ "Order ID": "A", Total: null }) });
  assert.deepEqual(simulator.records()[0]?.fields, { "Order ID": "A", Status: "Cutting" });
  simulator.setMood("no-new-options", true);
  const other = { ...byOrder, typecast: true, ...row({ "Order ID": "A", Status: "Sewing" }) };
  assert.equal((await ask("PATCH", table, other)).status, 422);
});

test("the wrong token, base, table and method are refused as the real ones are", async () => {
  const { ask, simulator } = airtableShop();
  const model = errors.modelNotFound;
  for (const path of ["/v0/appSomebodyElse01/Orders", "/v0/appSimulated00001/Ordrar"]) {
    const response = await ask("GET", path);
    assert.equal(response.status, model.status);
    assert.equal((await response.json()).error.type, model.body.error.type);
  }
  const gone = await ask("DELETE", table);
  assert.deepEqual([gone.status, await gone.json()], [404, errors.notFound.body]);
  const stranger = await simulator.fetch(new Request(`http://127.0.0.1:9${table}`));
  assert.deepEqual([stranger.status, await stranger.json()], [401, errors.badToken.body]);
});

test("a 429 comes in the wrapped shape, and a restart says that a repeat is safe", async () => {
  const { ask, simulator } = airtableShop();
  simulator.setMood("quota-spent", true);
  const spent = await (await ask("GET", table)).json();
  assert.deepEqual(shape(spent), shape(errors.monthlyQuota.body));
  simulator.setMood("restarting", true);
  assert.equal((await ask("GET", table)).status, 503);
});
