// Bodies that Airtable is known to send: read by our parser, and sent alike by our simulator.
import assert from "node:assert/strict";
import { test } from "node:test";
import created from "./fixtures/create-table.200.json" with { type: "json" };
import errors from "./fixtures/errors.json" with { type: "json" };
import base from "./fixtures/pyairtable.BaseSchema.json" with { type: "json" };
import currency from "./fixtures/pyairtable.CurrencyFieldSchema.json" with { type: "json" };
import dateTime from "./fixtures/pyairtable.DateTimeFieldSchema.json" with { type: "json" };
import select from "./fixtures/pyairtable.SingleSelectFieldSchema.json" with { type: "json" };
import table from "./fixtures/pyairtable.TableSchema.json" with { type: "json" };
import url from "./fixtures/pyairtable.UrlFieldSchema.json" with { type: "json" };
import { fieldAnswer, tableAnswer, tablesAnswer } from "./schema-api.ts";
import { airtableShop } from "./shop-for-tests.ts";

const tablesPath = "/v0/meta/bases/appSimulated00001/tables";
const rowsPath = "/v0/appSimulated00001/Orders";

/** What makes the field that the fixture shows: all of it but the ids that Airtable gives. */
function withoutIds({ id: _id, ...field }: { id: string; options?: object }): object {
  return JSON.parse(JSON.stringify(field), (key, value) => (key === "id" ? undefined : value));
}

for (const field of [currency, dateTime, select, url]) {
  test(`a field as Airtable shows it can be read, and made in the simulated base: ${field.type}`, async () => {
    assert.equal(fieldAnswer.parse(field).name, field.name);
    const { ask } = airtableShop();
    const [orders] = (await (await ask("GET", tablesPath)).json()).tables;
    const wanted = { ...withoutIds(field), name: `New ${field.name}` };
    const response = await ask("POST", `${tablesPath}/${orders.id}/fields`, wanted);
    assert.equal(response.status, 200);
    const shown = await response.json();
    assert.deepEqual(withoutIds(shown), wanted);
    assert.ok(fieldAnswer.parse(shown).id !== field.id, "an id is Airtable's to give");
  });
}

for (const { what, shown } of [
  ...base.tables.map((one) => ({ what: `${one.name} of a base`, shown: one })),
  { what: "a table with dates that depend on each other", shown: table },
]) {
  test(`a table as Airtable shows it can be read, and is shown alike by the simulated base: ${what}`, async () => {
    assert.equal(tableAnswer.parse(shown).name, shown.name);
    const { id, name, fields } = shown;
    const [first] = fields;
    assert.ok(first);
    const simulated = { baseId: "appSimulated00001", orderField: first.id };
    const { ask } = airtableShop({}, { base: { ...simulated, table: { id, name, fields } } });
    const answer = await (await ask("GET", tablesPath)).json();
    assert.deepEqual(answer.tables[0].fields, fields);
    assert.equal(answer.tables[0].primaryFieldId, shown.primaryFieldId);
    assert.equal(tablesAnswer.parse(answer).tables[0]?.fields.length, fields.length);
  });
}

test("a table is made as Airtable makes it, and answered alike", async () => {
  assert.equal(tableAnswer.parse(created.body).name, "Production");
  const { ask } = airtableShop();
  const response = await ask("POST", tablesPath, created.request);
  assert.equal(response.status, created.status);
  const answer = await response.json();
  assert.deepEqual(Object.keys(answer).sort(), Object.keys(created.body).sort());
  assert.deepEqual(answer.fields.map(withoutIds), created.request.fields);
  assert.equal(answer.primaryFieldId, answer.fields[0].id);
});

const refused: readonly [string, string, unknown][] = [
  ["a table's name that differs only in case", tablesPath, { ...created.request, name: "ORDERS" }],
  ["a table without fields", tablesPath, { name: "Empty", fields: [] }],
  [
    "a select without choices",
    tablesPath,
    { name: "X", fields: [{ name: "S", type: "singleSelect" }] },
  ],
  [
    "a type that does not exist",
    tablesPath,
    { name: "X", fields: [{ name: "S", type: "status" }] },
  ],
];

for (const [what, path, body] of refused) {
  test(`the simulated Airtable makes nothing of ${what}`, async () => {
    const { ask } = airtableShop();
    const response = await ask("POST", path, body);
    assert.equal(response.status, 422);
    assert.equal((await response.json()).error.type, errors.invalid.body.error.type);
    assert.equal((await (await ask("GET", tablesPath)).json()).tables.length, 1);
  });
}

const order = { performUpsert: { fieldsToMergeOn: ["Order ID"] }, typecast: true };
const row = { ...order, records: [{ fields: { "Order ID": "A1", Status: "Queued" } }] };
const formula = encodeURIComponent("{Order ID}=A1");

const moods: readonly [keyof typeof errors, string | undefined, string, string, unknown?][] = [
  ["protectedField", "status-protected", "PATCH", rowsPath, row],
  ["rateWrapped", "slow-down", "PATCH", rowsPath, row],
  ["rateDocumented", "slow-down-as-documented", "PATCH", rowsPath, row],
  ["monthlyQuota", "quota-spent", "PATCH", rowsPath, row],
  ["retriable", "restarting", "PATCH", rowsPath, row],
  ["badFormula", undefined, "GET", `${rowsPath}?filterByFormula=${formula}`],
];

for (const [name, mood, method, path, body] of moods) {
  test(`the simulated Airtable refuses as the real one does: ${name}`, async () => {
    const { ask, simulator } = airtableShop();
    if (mood) simulator.setMood(mood, true);
    const response = await ask(method, path, body);
    assert.equal(response.status, errors[name].status);
    assert.deepEqual(kindOf(await response.json()), kindOf(errors[name].body));
    assert.equal(simulator.records().length, 0);
  });
}

/** The shape and the code; the words after it are free. */
const kindOf = (body: unknown) =>
  JSON.parse(JSON.stringify(body), (key, value) => (key === "message" ? typeof value : value));
