import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { secret } from "../../connector-kit/connector.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import { airtableSettings } from "./airtable-settings.ts";
import { airtable } from "./connector.ts";
import { sandboxTable } from "./sandbox-table.ts";
import { airtableShop } from "./shop-for-tests.ts";

const order = anOrder();
// A table that was made before the shop thought of other statuses.
const base = sandboxTable(
  airtableSettings({ token: secret("T"), baseId: "appSimulated00001", tableId: "Orders" }),
);
const fulfilment = {
  trackingNumber: "00370730254812345678",
  trackingUrl: "https://tracking.example.com/00370730254812345678",
  invoiceNumber: "1042",
};

test("a paid order becomes one row: what to make, nothing about the customer", async () => {
  const { simulator, worklist, call } = airtableShop();
  await worklist.row.run({ order }, call);
  assert.deepEqual(
    simulator.records().map((row) => row.fields),
    [
      {
        "Order ID": "ABCDEFGHJK1234",
        "Shop order": "PK-10482",
        Status: "Queued",
        Items: "3 × Blackout curtain 140×250 (CUR-140-250)\n1 × Ceiling rail 2 m (RAIL-2M)",
        Country: "FI",
        Total: 159.63,
        Currency: "EUR",
        "Paid at": "2026-11-23T11:59:00.000Z",
      },
    ],
  );
});

test("the customer is written only when the shop asks for it", async () => {
  const { simulator, worklist, call } = airtableShop({ includeCustomer: true });
  await worklist.row.run({ order }, call);
  const fields = simulator.records()[0]?.fields;
  assert.equal(fields?.Customer, "Example Buyer");
  assert.equal(fields?.["Delivery address"], "Mannerheimintie 12 A 3\n00100 Helsinki\nFI");
});

test("naming the customer's column does not write the customer", async () => {
  const { simulator, worklist, call } = airtableShop({ fields: { customerName: "Customer" } });
  await worklist.row.run({ order }, call);
  assert.ok(!JSON.stringify(simulator.records()).includes("Example Buyer"));
});

test("an amount without cents and one with three decimals arrive as they are", async () => {
  for (const [minor, currency, total] of [
    [500n, "JPY", 500],
    [12_345n, "KWD", 12.345],
  ] as const) {
    const { simulator, worklist, call } = airtableShop();
    const priced = anOrder({ currency, total: money(minor, currency) });
    await worklist.row.run({ order: priced }, call);
    assert.equal(simulator.records()[0]?.fields.Total, total);
  }
});

test("shipping adds tracking and invoice, and leaves what people wrote", async () => {
  const { simulator, worklist, call } = airtableShop();
  const { rowId } = await worklist.row.run({ order }, call);
  const output = await worklist.updateRow.run({ order, rowId, ...fulfilment }, call);
  assert.equal(output.rowId, rowId);
  const rows = simulator.records();
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.fields.Status, "Shipped");
  assert.equal(rows[0]?.fields["Tracking number"], fulfilment.trackingNumber);
  assert.equal(rows[0]?.fields["Tracking link"], fulfilment.trackingUrl);
  assert.equal(rows[0]?.fields["Invoice number"], "1042");
  assert.ok(String(rows[0]?.fields.Items).startsWith("3 × Blackout"));
});

const steps = [
  { step: "check", note: "done" },
  { step: "booking", note: "waiting" },
];

test("the row shows how each step stood when it was written, and where to see how it stands now", async () => {
  const world = { publicUrl: "https://ordna.example.com" };
  const { simulator, worklist, call } = airtableShop({}, world);
  const { rowId } = await worklist.row.run({ order, steps }, call);
  const page = "https://ordna.example.com/orders/ABCDEFGHJK1234";
  const [paid] = simulator.records();
  assert.equal(paid?.fields.Steps, "check: done\nbooking: waiting");
  assert.equal(paid?.fields["Order page"], page);
  assert.ok(!("Invoice link" in (paid?.fields ?? {})), "there is no invoice yet");
  const done = [{ step: "booking", note: "done, 00370730254812345678" }];
  await worklist.updateRow.run({ order, rowId, steps: done, ...fulfilment }, call);
  const [shipped] = simulator.records();
  assert.equal(shipped?.fields.Steps, "booking: done, 00370730254812345678");
  assert.equal(shipped?.fields["Tracking link"], fulfilment.trackingUrl);
  assert.equal(shipped?.fields["Invoice link"], page);
});

test("a row without a public address has no link that only this machine could open", async () => {
  const { simulator, worklist, call } = airtableShop();
  const { rowId } = await worklist.row.run({ order, steps }, call);
  await worklist.updateRow.run({ order, rowId, ...fulfilment }, call);
  const fields = simulator.records()[0]?.fields ?? {};
  assert.deepEqual(
    Object.keys(fields).filter((field) => /page|Invoice link/.test(field)),
    [],
  );
  assert.equal(fields.Steps, "check: done\nbooking: waiting", "nothing new is known of them");
});

test("what people change in a row is never read: the next write shows the ledger's truth", async () => {
  const { simulator, worklist, call, ask } = airtableShop();
  const { rowId } = await worklist.row.run({ order }, call);
  const meddled = {
    "Order ID": order.reference,
    Total: 1,
    "Tracking number": "made up",
    Status: "Done",
  };
  await ask("PATCH", "/v0/appSimulated00001/Orders", {
    performUpsert: { fieldsToMergeOn: ["Order ID"] },
    typecast: true,
    records: [{ fields: meddled }],
  });
  await worklist.updateRow.run({ order, rowId, ...fulfilment }, call);
  const fields = simulator.records()[0]?.fields;
  assert.equal(fields?.["Tracking number"], fulfilment.trackingNumber);
  assert.equal(fields?.Status, "Shipped");
});

test("fields that are named by their ids are written after they were renamed in Airtable", async () => {
  const { simulator, worklist, call, ask } = airtableShop({
    tableId: "tblSimulated00001",
    fields: { orderReference: "fldSimulatedOrder", items: "fldSimulatedItems" },
  });
  const { rowId } = await worklist.row.run({ order }, call);
  const path = "/v0/meta/bases/appSimulated00001/tables/tblSimulated00001/fields";
  for (const [id, name] of [
    ["fldSimulatedOrder", "Tilaus"],
    ["fldSimulatedItems", "Tuotteet"],
  ]) {
    assert.equal((await ask("PATCH", `${path}/${id}`, { name })).status, 200);
  }
  assert.deepEqual(await worklist.row.run({ order }, call), { rowId });
  const [row, ...others] = simulator.records();
  assert.equal(others.length, 0);
  assert.equal(row?.fields.Tilaus, order.reference);
  assert.match(String(row?.fields.Tuotteet), /^3 × Blackout/);
});

test("a row that Airtable answers for another order is not believed, by field id neither", async () => {
  for (const field of ["Order ID", "fldSimulatedOrder"]) {
    const { worklist, call } = airtableShop({ fields: { orderReference: field } });
    const lying = {
      ...call,
      send: async (request: Parameters<typeof call.send>[0]) => {
        const response = await call.send(request);
        const text = new TextDecoder()
          .decode(response.body)
          .replaceAll(order.reference, "OTHER12345");
        return { ...response, body: new TextEncoder().encode(text) };
      },
    };
    const outcome = await attempt(worklist.row, { order }, lying, false);
    assert.ok(outcome.kind === "unknown", field);
    assert.equal(outcome.error.failure.cause, "provider.unexpected_answer");
  }
});

test("fields and table may be named by ids, and a column may be left out", async () => {
  const { simulator, worklist, call } = airtableShop({
    tableId: "tblSimulated00001",
    fields: { orderReference: "fldSimulatedOrder", total: false, items: "What to make" },
  });
  await worklist.row.run({ order }, call);
  await worklist.row.run({ order }, call);
  const [row, ...others] = simulator.records();
  assert.equal(others.length, 0);
  assert.equal(row?.reference, "ABCDEFGHJK1234");
  assert.ok(row && "What to make" in row.fields && !("Total" in row.fields));
});

test("a row is written in one request, by upsert, and nothing is searched for before", async () => {
  const { worklist, call } = airtableShop();
  const asked: string[] = [];
  const watched: typeof call = {
    ...call,
    send: (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      return call.send(request);
    },
  };
  const { rowId } = await worklist.row.run({ order }, watched);
  await worklist.updateRow.run({ order, rowId, ...fulfilment }, watched);
  assert.deepEqual(asked, Array(2).fill("PATCH /v0/appSimulated00001/Orders"));
});

test("two first upserts that meet make two rows, so those of one order are exclusive", async () => {
  const { simulator, worklist, call } = airtableShop();
  simulator.setMood("racy-upsert", true);
  await Promise.all([worklist.row.run({ order }, call), worklist.row.run({ order }, call)]);
  assert.equal(simulator.records().length, 2, "this is what `exclusive` prevents");
  const key = worklist.row.exclusive?.({ order });
  assert.ok(key?.includes(order.reference));
  const shipped = { order, rowId: "rec1", ...fulfilment };
  assert.equal(worklist.updateRow.exclusive?.(shipped), key, "both actions wait for each other");
});

test("an order that has two rows already is left to a person, who is told why", async () => {
  const { simulator, worklist, call, ask } = airtableShop();
  const { rowId } = await worklist.row.run({ order }, call);
  const copy = { records: [{ fields: { "Order ID": order.reference } }] };
  await ask("POST", "/v0/appSimulated00001/Orders", copy);
  const outcome = await attempt(worklist.updateRow, { order, rowId, ...fulfilment }, call, false);
  assert.equal(outcome.kind, "failed");
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "record.exists_differently");
  assert.match(outcome.error.message, /several rows .* ABCDEFGHJK1234/);
  assert.equal(simulator.records().length, 2);
});

test("a status that is no option is refused by name when Airtable may not add it", async () => {
  const options = { typecast: false, statuses: { queued: "Queued", shipped: "On its way" } };
  const { worklist, call } = airtableShop(options, { base });
  const { rowId } = await worklist.row.run({ order }, call);
  const outcome = await attempt(worklist.updateRow, { order, rowId, ...fulfilment }, call, false);
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "field.missing");
  assert.match(outcome.error.message, /"On its way"/);
});

test("with typecast Airtable makes the missing status itself", async () => {
  const { simulator, worklist, call } = airtableShop({ statuses: { queued: "To do" } }, { base });
  await worklist.row.run({ order }, call);
  assert.equal(simulator.records()[0]?.fields.Status, "To do");
});

test("a spent monthly quota waits for hours and tells a person", async () => {
  const { simulator, worklist, call } = airtableShop();
  simulator.setMood("quota-spent", true);
  const spent = await attempt(worklist.row, { order }, call, false);
  assert.ok(spent.kind === "retry");
  assert.equal(spent.error.failure.cause, "account.quota_spent");
  assert.equal(spent.error.failure.retryAfterMs, 6 * 3600_000);
  assert.equal(simulator.records().length, 0);
});

test("five requests a second are too many once, and then for 30 seconds", async () => {
  let now = Date.parse("2026-11-23T12:00:00Z");
  const { simulator, worklist, call } = airtableShop({}, { now: () => new Date(now) });
  simulator.setMood("five-per-second", true);
  const kinds = [];
  for (let i = 0; i < 6; i++) {
    const other = anOrder({ reference: `ABCDEFGHJK123${i}` });
    const outcome = await attempt(worklist.row, { order: other }, call, false);
    kinds.push(outcome.kind);
    if (outcome.kind === "retry") assert.equal(outcome.error.failure.retryAfterMs, 30_000);
  }
  assert.deepEqual(kinds, ["done", "done", "done", "done", "done", "retry"]);
  now += 29_000;
  assert.equal((await attempt(worklist.row, { order }, call, false)).kind, "retry");
  now += 1_000;
  assert.equal((await attempt(worklist.row, { order }, call, false)).kind, "done");
});

test("options that cannot be right are refused with a sentence", () => {
  const right = { token: secret("AIRTABLE_TOKEN"), baseId: "appSimulated00001", tableId: "Orders" };
  assert.throws(() => airtable({ ...right, baseId: "Orders" }), /baseId must look like "app…"/);
  assert.throws(() => airtable({ ...right, tableId: " " }), /tableId/);
  assert.throws(() => airtable({ ...right, fields: { orderReference: false } }), /left out/);
  assert.throws(() => airtable({ ...right, fields: { items: "status" } }), /are the same/);
  assert.throws(() => airtable({ ...right, fields: { items: "" } }), /fields.items/);
  assert.throws(() => airtable({ ...right, deadlineWorkingDays: 1.5 }), /deadlineWorkingDays/);
  assert.throws(() => airtable({ ...right, timeZone: "Helsinki" }), /timeZone/);
  assert.throws(() => airtable({ ...right, statuses: { queued: " " } }), /status name/);
});
