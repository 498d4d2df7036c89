import assert from "node:assert/strict";
import { test } from "node:test";
import { secret } from "../../connector-kit/connector.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { airtableSettings } from "./airtable-settings.ts";
import { sandboxTable } from "./sandbox-table.ts";
import { airtableShop } from "./shop-for-tests.ts";
import type { SimulatedBase } from "./simulated-base.ts";

const order = anOrder();
const baseId = "appSimulated00001";
const newBase: SimulatedBase = { baseId, orderField: "" };
const base = sandboxTable(airtableSettings({ token: secret("T"), baseId, tableId: "Orders" }));

function baseWith(change: (field: { name: string; type: string }) => object | undefined) {
  assert.ok(base.table);
  const fields = base.table.fields.flatMap((field) => {
    const changed = change(field);
    return changed ? [{ ...field, ...changed }] : [];
  });
  return { ...base, table: { ...base.table, fields } };
}

test("a new base gets the table with every field, and orders can be written and updated", async () => {
  const options = { includeCustomer: true, deadlineWorkingDays: 5, typecast: false };
  const { setUp, check, worklist, call, simulator } = airtableShop(options, {
    base: newBase,
    publicUrl: "https://ordna.example.com",
  });
  const { found, mendAll } = await setUp();
  assert.deepEqual(found, ['Table "Orders" is not there: create it with 17 fields.']);
  await assert.rejects(check(), /no table "Orders"/, "a look changes nothing");
  const [done = ""] = await mendAll();
  assert.match(done, /"Orders" was created with 17 fields\. Its id tbl\w{14} would survive/);
  assert.match(await check(), /has all 17 fields/);
  const steps = [{ step: "booking", note: "waiting" }];
  const { rowId } = await worklist.row.run({ order, steps }, call);
  const trackingUrl = "https://tracking.example.com/1";
  const fulfilment = { trackingNumber: "1", trackingUrl, invoiceNumber: "1042" };
  await worklist.updateRow.run({ order, rowId, steps, ...fulfilment }, call);
  const [row, ...others] = simulator.records();
  assert.equal(others.length, 0);
  assert.equal(row?.reference, order.reference);
  assert.equal(Object.keys(row.fields).length, 17, "every column was written");
});

test("setting up again finds everything in place and changes nothing", async () => {
  const { setUp } = airtableShop({}, { base: newBase });
  await (await setUp()).mendAll();
  const again = await setUp();
  assert.deepEqual(again.found, ['Table "Orders" has all 14 fields.']);
  assert.deepEqual(await again.mendAll(), []);
});

test("fields that a table lacks are added to it, and its rows stay as they are", async () => {
  const some = ["Steps", "Invoice link", "Status"];
  const { setUp, check, ask, simulator } = airtableShop(
    {},
    { base: baseWith((field) => (some.includes(field.name) ? undefined : field)) },
  );
  await ask("POST", `/v0/${baseId}/Orders`, { records: [{ fields: { "Shop order": "PK-1" } }] });
  const { found, mendAll } = await setUp();
  assert.equal(found.length, 3);
  assert.match(found.join(" "), /has no field "Status": add it/);
  await mendAll();
  assert.match(await check(), /has all 14 fields/);
  assert.deepEqual(simulator.records()[0]?.fields, { "Shop order": "PK-1" });
});

test("a status field is made with the shop's statuses, for a token that may add none later", async () => {
  const statuses = { queued: "Att göra", shipped: "Skickad" };
  const { setUp, worklist, call, simulator } = airtableShop(
    { statuses, typecast: false },
    { base: newBase },
  );
  await (await setUp()).mendAll();
  simulator.setMood("no-new-options", true);
  await worklist.row.run({ order }, call);
  assert.equal(simulator.records()[0]?.fields.Status, "Att göra");
});

const byHand: readonly [string, Parameters<typeof airtableShop>, RegExp][] = [
  [
    "a table that is named by an id that does not exist",
    [{ tableId: "tblDoesNotExist00" }, { base }],
    /Set tableId to the name of a new table, or to one of: "Orders"/,
  ],
  [
    "a table whose name differs only in its case",
    [{ tableId: "orders" }, { base }],
    /The base has "Orders": set tableId to that/,
  ],
  [
    "a field that is named by an id that does not exist",
    [{ fields: { items: "fldDoesNotExist00" } }, { base }],
    /set fields\.items to the name/,
  ],
  [
    "a field whose name differs only in its case",
    [{ fields: { items: "ITEMS" } }, { base }],
    /It has "Items": set fields\.items to that/,
  ],
  [
    "field ids in a base without the table",
    [{ fields: { items: "fldDoesNotExist00" } }, { base: newBase }],
    /no fields fldDoesNotExist00: set fields to names/,
  ],
  [
    "an order field that is no text",
    [{}, { base: baseWith((f) => (f.name === "Order ID" ? { type: "number" } : f)) }],
    /"Order ID" is number but must be singleLineText.*Mend it in Airtable/,
  ],
  [
    "a total that is text where Airtable may not convert it",
    [
      { typecast: false },
      { base: baseWith((f) => (f.name === "Total" ? { type: "singleLineText" } : f)) },
    ],
    /"Total" is singleLineText but must be number or currency/,
  ],
];

for (const [what, shop, sentence] of byHand) {
  test(`what only a person can mend is told, and never half done: ${what}`, async () => {
    const { setUp } = airtableShop(...shop);
    const { found, mendAll } = await setUp();
    assert.match(found.join(" "), sentence);
    await assert.rejects(mendAll(), sentence);
    assert.deepEqual((await setUp()).found, found);
  });
}

test("a token without the schema's rights is told which scope and role it lacks", async () => {
  const { setUp, simulator } = airtableShop({}, { base: newBase });
  simulator.setMood("no-schema-change", true);
  const { mendAll } = await setUp();
  await assert.rejects(mendAll(), /scope schema\.bases:write, and its user the creator role/);
  simulator.setMood("no-schema-scope", true);
  await assert.rejects(setUp(), /may not read the tables.*schema\.bases:read/);
});
