import assert from "node:assert/strict";
import { test } from "node:test";
import { secret } from "../../connector-kit/connector.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { airtableSettings } from "./airtable-settings.ts";
import { sandboxTable } from "./sandbox-table.ts";
import { airtableShop } from "./shop-for-tests.ts";
import type { SimulatedBase } from "./simulated-base.ts";

const base = sandboxTable(
  airtableSettings({ token: secret("T"), baseId: "appSimulated00001", tableId: "Orders" }),
);

function without(...names: string[]): SimulatedBase {
  assert.ok(base.table);
  const fields = base.table.fields.filter((field) => !names.includes(field.name));
  return { ...base, table: { ...base.table, fields } };
}

test("a table with every field passes, and nothing is written", async () => {
  const { check, simulator } = airtableShop();
  assert.match(await check(), /"Orders" has all 14 fields/);
  assert.equal(simulator.records().length, 0);
});

test("every missing field is named at once", async () => {
  const { check } = airtableShop({}, { base: without("Items", "Invoice number") });
  await assert.rejects(check(), /"Items" is missing; .*"Invoice number" is missing/);
});

test("without the schema scope a missing field is still found", async () => {
  const { check, simulator } = airtableShop({}, { base: without("Invoice number") });
  simulator.setMood("no-schema-scope", true);
  await assert.rejects(check(), /no field "Invoice number"/);
});

test("without the schema scope a right table passes, and the unseen is said", async () => {
  const { check, simulator } = airtableShop();
  simulator.setMood("no-schema-scope", true);
  assert.match(await check(), /schema\.bases:read/);
});

test("a table that does not exist is named, with those that do", async () => {
  const { check } = airtableShop({ tableId: "Ordrar" }, { base });
  await assert.rejects(check(), /no table "Ordrar"\. It has: "Orders"/);
});

test("a base that the token does not see names the options to look at", async () => {
  const { check } = airtableShop({ baseId: "appSomebodyElse01" }, { base });
  await assert.rejects(check(), /"Orders" in base appSomebodyElse01.*scopes data\.records:read/);
});

test("an order field that cannot hold our reference is refused", async () => {
  const { check } = airtableShop({ fields: { orderReference: "Total", total: false } }, { base });
  await assert.rejects(check(), /"Total" is currency but must be singleLineText or multilineText/);
});

test("a missing status option matters only when Airtable may not make it", async () => {
  const statuses = { shipped: "On its way" };
  await airtableShop({ statuses }, { base }).check();
  const strict = airtableShop({ statuses, typecast: false }, { base });
  await assert.rejects(strict.check(), /"Status" has no option "On its way"/);
});

test("a spent quota is seen, though the schema still answers", async () => {
  const { check, simulator } = airtableShop();
  simulator.setMood("quota-spent", true);
  await assert.rejects(check(), /monthly quota/);
});

test("a revoked token is named, and its orders wait", async () => {
  const { check, simulator, worklist, call } = airtableShop();
  simulator.setMood("token-revoked", true);
  await assert.rejects(check(), /does not accept the token/);
  await assert.rejects(worklist.row.run({ order: anOrder() }, call), { verdict: "transient" });
});
