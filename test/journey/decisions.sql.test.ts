// What people decide in the shipped shop, from the terminal: the providers hold what they decided, once.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import { listOrders, type OrderGlance } from "../../src/ledger/list-orders.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Shopper, shoppers } from "../../src/sandbox/shoppers.ts";
import { readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";
import { places } from "./places.ts";

const root = join(import.meta.dirname, "../..");
// One place is enough: what differs between databases is asked in the tests of the ledger.
const place = places.at(0) ?? assert.fail("there is a place");
let ordna: Ordna;
let sandbox: Sandbox;
let remove: () => Promise<void>;

before(async () => {
  const home = await place.settle(5_700);
  remove = home.remove;
  const { config, settings } = await loadConfig(readSettings(home.env));
  sandbox = await openSandbox(config, settings);
  ordna = await startOrdna({
    ...{ config, settings, role: "all", sandbox, simulators: sandbox.simulators },
    onError: (error) => assert.fail(String(error)),
  });
  sandbox.deliverTo(ordna.url ?? "");
});

after(async () => {
  await sandbox?.stopDelivering();
  await ordna?.close();
  await sandbox?.close();
  await remove?.();
});

/** Somebody pays; the result is the order's reference. */
function pay(id: string, shopper: Partial<Shopper> = {}): string {
  const { shippingAmount, buyer, ...more } = { ...shoppers.finnish, ...shopper };
  const payment = simulatedPayment({
    ...more,
    id,
    kind: "checkout",
    vatInclusive: true,
    buyer: { ...buyer, email: `${id}@example.com` },
    shippingAmount,
    createdAt: new Date(),
  });
  sandbox.pay("pikkuna", payment);
  return referenceFor(payment.id);
}

async function until(reference: string, is: (order: OrderGlance) => boolean): Promise<OrderGlance> {
  const endsAt = performance.now() + 120_000;
  for (;;) {
    const { orders } = await listOrders(ordna.db, { limit: 200 });
    const found = orders.find((order) => order.reference === reference);
    if (found && is(found)) return found;
    if (performance.now() > endsAt) assert.fail(`It never came to that: ${JSON.stringify(found)}`);
    await sleep(50);
  }
}

const isHeldAt = (step: string) => (order: OrderGlance) =>
  order.steps.some(({ name, state }) => name === step && state === "attention");
const isDone = ({ state }: OrderGlance) => state === "done";
const held = (reference: string, kind: string) =>
  sandbox.records().filter((one) => one.reference === reference && one.kind === kind);

interface Said {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a terminal prints, asked field by field.
  readonly last: any;
}

function cli(...args: readonly string[]): Promise<Said> {
  const env = { PATH: process.env.PATH, ORDNA_SERVER: ordna.url ?? "" };
  const line = [join(root, "src/main.ts"), ...args, "--json"];
  const options = { cwd: root, env, timeout: 120_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, line, options, (error, stdout) => {
      const last = stdout.trimEnd().split("\n").at(-1) ?? "";
      resolve({
        code: error ? Number(error.code ?? 128) : 0,
        last: JSON.parse(last === "" ? "null" : last),
      });
    });
  });
}

const norway: Partial<Shopper> = {
  country: "NO",
  vatPercent: 0,
  buyer: {
    name: "Eksempel Kjøper",
    phone: "+4740123456",
    address: { line1: "Karl Johans gate 1", city: "Oslo", postalCode: "0154" },
  },
  // Without its tariff code; where it was made, the shop's configuration knows.
  lines: shoppers.swedish.lines.map(({ hsCode: _, ...line }) => line),
};

test("curtains to Norway without a tariff code are held before a parcel is booked; amended, they go with their customs invoice", async () => {
  const reference = pay("decide_norway", norway);
  const waiting = await until(reference, isHeldAt("check"));
  const check = waiting.steps.find(({ name }) => name === "check");
  assert.equal(check?.cause, "customs.hs_missing");
  assert.deepEqual(held(reference, "shipment"), [], "nothing is booked");
  const inbox = await cli("inbox");
  assert.equal(inbox.code, 0);
  const group = inbox.last.groups.find((one: { cause: string }) => one.cause === check?.cause);
  assert.deepEqual([group?.who, group?.count, group?.button], ["manager", 1, "Enter HS code"]);
  const field = await codeField(reference);
  const wrong = await cli("orders", "amend", reference, `--${field}=12`, "--reason", "Typed");
  assert.equal(wrong.code, 1);
  assert.match(wrong.last.error, /tariff code of 6 to 10 digits/);
  const amended = await cli("orders", "amend", reference, `--${field}=630392`, "--reason", "Told");
  assert.equal(amended.code, 0);
  assert.deepEqual([amended.last.after.fields, amended.last.after.resumed], [[field], ["check"]]);
  await until(reference, isDone);
  const [shipment, ...others] = held(reference, "shipment");
  assert.deepEqual(others, [], "one parcel");
  assert.match(JSON.stringify(shipment), /"hsTariffNumber":"630392","countryOfOrigin":"EE"/);
  assert.match(JSON.stringify(shipment), /FI1234567-8/);
});

/** The fact to correct, as the hold names it. */
async function codeField(reference: string): Promise<string> {
  const told = await (await fetch(`${ordna.url}/api/orders/${reference}/decisions`)).text();
  return /lines\.\w+\.hsCode/.exec(told)?.[0] ?? assert.fail(told);
}

test("a customer who wrote half a postal code is asked from the terminal, answers on the small page, and gets one parcel", async () => {
  const { buyer } = shoppers.finnish;
  const address = { ...buyer.address, postalCode: buyer.address.postalCode.slice(0, 4) };
  const reference = pay("decide_question", { buyer: { ...buyer, address } });
  await until(reference, isHeldAt("check"));
  const asked = await cli("orders", "ask", reference);
  assert.equal(asked.code, 0, JSON.stringify(asked.last));
  assert.deepEqual(asked.last.after.fields, ["line1", "line2", "postalCode", "city"]);
  await until(reference, ({ steps }) =>
    steps.some(({ name, state }) => name === "customer-question" && state === "done"),
  );
  const told = JSON.stringify(sandbox.records().filter((one) => one.reference === reference));
  const [link = assert.fail(told)] = /http:[\w/.:-]+\/address\/[\w-]{43}/.exec(told) ?? [];
  const page = `${ordna.url}${new URL(link).pathname}`;
  const form = await (await fetch(page)).text();
  const value = (field: string) =>
    new RegExp(`name="${field}" value="([^"]*)"`).exec(form)?.[1] ?? assert.fail(form);
  const fields = ["line1", "line2", "postalCode", "city"].map((name) => [name, value(name)]);
  const answers = { ...Object.fromEntries(fields), postalCode: buyer.address.postalCode };
  const send = () => fetch(page, { method: "POST", body: new URLSearchParams(answers) });
  assert.deepEqual([(await send()).status, (await send()).status], [200, 200], "pressed twice");
  await until(reference, isDone);
  const [shipment, ...others] = held(reference, "shipment");
  assert.deepEqual(others, [], "one parcel");
  assert.ok(JSON.stringify(shipment).includes(`"${buyer.address.postalCode}"`));
  const log = await cli("decisions", "list", "--order", reference);
  const [answer] = log.last.decisions;
  assert.deepEqual([answer.what, answer.actor], ["customer.answer", "customer"]);
});

test("a wrong VAT number of a German company is corrected where it is held, and asked for anew", async () => {
  const reference = pay("decide_vat_id", {
    ...shoppers.german,
    vatPercent: 0,
    // VIES's test code for a number that is not valid.
    buyer: { ...shoppers.german.buyer, company: "Muster GmbH", vatId: "DE100006200" },
  });
  const waiting = await until(reference, isHeldAt("vat-id"));
  const vatId = waiting.steps.find(({ name }) => name === "vat-id");
  assert.equal(vatId?.cause, "vat_id.invalid");
  assert.match(vatId?.message ?? "", /Correct the number/);
  const amend = (value: string) =>
    cli("orders", "amend", reference, `--vatId=${value}`, "--reason", "The customer wrote");
  assert.equal((await amend("DE123456788")).code, 0);
  await until(reference, isDone);
  const asked = sandbox.records().filter(({ kind }) => kind === "consultation");
  assert.deepEqual(
    asked.map(({ id }) => id),
    ["DE100006200", "DE123456788"],
  );
  const late = await amend("DE136695909");
  assert.equal(late.code, 1);
  assert.match(late.last.error, /let the customer order again/);
});

test("credited and returned, once each, asked twice at once while the answers are lost", async () => {
  const reference = pay("decide_home");
  await until(reference, isDone);
  lose("netvisor", /salesinvoice\.nv$/);
  lose("postnord", /returns\/edi$/);
  const why = ["--reason", "All of it came back"];
  const asked = await Promise.all(
    ["credit", "credit", "return", "return"].map((what) =>
      cli("orders", what, reference, ...why, "--key", `${what}-of-${reference}`),
    ),
  );
  assert.deepEqual(
    asked.map(({ code }) => code),
    [0, 0, 0, 0],
  );
  const again = await cli("orders", "credit", reference, ...why, "--key", "another");
  assert.equal(again.code, 1);
  assert.match(again.last.error, /not done twice|under way already/);
  const order = await until(
    reference,
    (one) =>
      isDone(one) &&
      one.steps.some(({ name, state }) => name === "return-label" && state === "done"),
  );
  assert.equal(
    order.steps.filter(({ name }) => /^(credit-note|return-booking|return-label)/.test(name))
      .length,
    3,
  );
  assert.equal(held(reference, "credit-note").length, 1);
  assert.equal(held(reference, "shipment").length, 1);
  // The way back carries the order's reference with a mark of its own.
  const returns = sandbox.records().filter(({ kind }) => kind === "return");
  assert.equal(returns.length, 1);
  assert.ok(returns[0]?.reference.startsWith(reference));
  assert.equal(lost, 2, "both answers were lost");
});

let lost = 0;
function lose(provider: string, path: RegExp): void {
  const found = [...sandbox.simulators.values()].find(
    ({ simulator }) => simulator.provider === provider,
  );
  found?.simulator.misbehave({
    how: "lose-answer",
    times: 1,
    when: (request) => {
      const isIt = path.test(new URL(request.url).pathname) && request.method === "POST";
      if (isIt) lost += 1;
      return isIt;
    },
  });
}

test("held, an order begins nothing; released, it goes on", async () => {
  const reference = pay("decide_hold", norway);
  await until(reference, isHeldAt("check"));
  const hold = await cli("orders", "hold", reference, "--reason", "The customer asked");
  assert.deepEqual([hold.code, typeof hold.last.decision], [0, "number"]);
  const code = `--${await codeField(reference)}=630392`;
  const amended = await cli("orders", "amend", reference, code, "--reason", "Told");
  assert.equal(amended.code, 0);
  assert.deepEqual(held(reference, "shipment"), []);
  const released = await cli("orders", "release", reference, "--reason", "It may go");
  assert.deepEqual([released.code, released.last.isRepeat], [0, false]);
  await until(reference, isDone);
  assert.equal(held(reference, "shipment").length, 1);
  assert.equal((await cli("orders", "release", reference, "--reason", "Again")).code, 1);
});
