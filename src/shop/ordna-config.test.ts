// The configuration that stands in the repository, as it is: connected to simulators, and what waits for what in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import config from "../../ordna.config.ts";
import { callTo } from "../connector-kit/conformance.ts";
import type { Connector } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import type { Step } from "../pipeline/step.ts";
import { readSettings } from "../settings.ts";
import { vatDecisionSchema } from "../tax/vat-decision.ts";
import { connectStore, roleNames, type ServedSimulator, storeProblems } from "./connect-store.ts";
import { workingStore } from "./working-store.ts";

const [name = "", shop] = Object.entries(config.stores)[0] ?? assert.fail("there is a store");
const settings = readSettings({ ORDNA_DATA: "/nowhere/ordna" });
const tokens = { read: async () => undefined, write: async () => true };

function connect() {
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  for (const role of roleNames.filter((one) => one !== "files")) {
    const simulator = shop[role].simulate(memoryKit());
    simulators.set(shop[role], { simulator, url: "http://127.0.0.1:4801" });
  }
  return workingStore(connectStore(name, shop, settings, simulators, tokens), "https://o.example");
}

const [paid] = connect().pipelines;
assert.ok(paid);

const checkedOutput = z.object({ vat: vatDecisionSchema });

/** All that a step waits for, directly or not. */
function waitsFor(step: Step): Set<string> {
  return new Set(step.needs.flatMap((need) => [need.name, ...waitsFor(need)]));
}

const stepOf = (wanted: string) =>
  paid.steps.find((step) => step.name === wanted) ?? assert.fail(`there is no step ${wanted}`);

test("the configuration as it stands starts with no key at all", () => {
  assert.deepEqual(storeProblems(name, shop, settings), []);
  assert.equal(paid.trigger, "paid");
});

test("links in alerts lead to the order's page", () => {
  assert.equal(connect().linkTo("ABCDEFGHJK1234"), "https://o.example/orders/ABCDEFGHJK1234");
});

test("every step comes after all that it needs, so nothing waits for itself", () => {
  const before = new Set<string>();
  for (const step of paid.steps) {
    for (const need of step.needs) assert.ok(before.has(need.name), `${step.name}: ${need.name}`);
    assert.ok(!waitsFor(step).has(step.name));
    before.add(step.name);
  }
});

test("the order is checked before anything else is done with it", () => {
  // All that comes before is asking whether the buyer's VAT number is valid: it changes nothing anywhere.
  assert.deepEqual([...waitsFor(stepOf("check"))], ["vat-id"]);
  for (const step of paid.steps.filter(({ name }) => !["vat-id", "check"].includes(name))) {
    assert.ok(waitsFor(step).has("check"), step.name);
  }
});

const recordKeepers = ["contact", "deal", "deal-update", "production-row", "production-update"];

for (const vital of [
  "booking",
  "label",
  "accounting-customer",
  "invoice",
  "payment",
  "confirmation",
]) {
  test(`a CRM or a production log that is down never holds up the ${vital}`, () => {
    const needed = waitsFor(stepOf(vital));
    assert.deepEqual(
      recordKeepers.filter((step) => needed.has(step)),
      [],
    );
  });
}

test("the record keepers are told the parcel and the invoice, and nobody waits for them", () => {
  for (const update of ["deal-update", "production-update"]) {
    const needed = waitsFor(stepOf(update));
    assert.ok(needed.has("booking") && needed.has("invoice"), update);
    assert.ok(paid.steps.every((step) => !waitsFor(step).has(update)));
  }
});

test("the customer is written to when parcel, label and invoice exist", () => {
  const needed = waitsFor(stepOf("confirmation"));
  for (const step of ["booking", "label", "invoice", "invoice-pdf"]) assert.ok(needed.has(step));
});

test("a verified business in another state goes from VIES to the decision, and its proof with it", async () => {
  const { lines, shipping, ...sample } = anOrder();
  const none = { minor: 0n, currency: "EUR" };
  const order = {
    ...sample,
    lines: lines.map((line) => ({ ...line, tax: none, taxes: [] })),
    ...(shipping ? { shipping: { ...shipping, tax: none, taxes: [] } } : {}),
    tax: none,
    taxIds: [{ type: "eu_vat", value: "DE123456788" }],
    shipTo: {
      ...sample.shipTo,
      address: { line1: "Friedrichstraße 12", city: "Berlin", postalCode: "10117", country: "DE" },
    },
  };
  const call = callTo(shop.vatIds.simulate(memoryKit()));
  const asked = await stepOf("vat-id").prepare(order, {}).attempt(call, false);
  assert.ok(asked.kind === "done");
  const checked = await stepOf("check")
    .prepare(order, { "vat-id": asked.output })
    .attempt(call, false);
  assert.ok(checked.kind === "done", checked.kind === "done" ? "" : checked.error.message);
  const { vat } = checkedOutput.parse(checked.output);
  assert.deepEqual([vat.scheme, vat.buyerVatId], ["intra-eu", "DE123456788"]);
  assert.ok(vat.consultation?.result === "valid" && vat.consultation.requestIdentifier);

  const unasked = await stepOf("check").prepare(order, {}).attempt(call, false);
  assert.ok(unasked.kind === "failed");
  assert.equal(unasked.error.failure.cause, "vat_id.unverified");
});
