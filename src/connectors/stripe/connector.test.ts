import assert from "node:assert/strict";
import { test } from "node:test";
import { secret } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { toDecimal } from "../../order/money.ts";
import { stripe } from "./connector.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { served } from "./served-for-tests.ts";
import { anEvent, stripeUnderTest, wiringOf } from "./shop-for-tests.ts";

test("the doctor says the mode and the number of webhook secrets", async () => {
  const { connector, wiring, send } = stripeUnderTest();
  assert.equal(
    await connector.check(wiring, send),
    "Stripe answers in test mode, API version 2026-10-28.endive; webhook secrets: 1; " +
      "endpoints: 1 (API version 2026-10-28.endive).",
  );
  const { webhookSecrets: _none, ...without } = wiring.secrets;
  const said = await connector.check({ ...wiring, secrets: without }, send);
  assert.match(said, /no webhook secret, so no event can be verified/);
});

test("the doctor names the right that a restricted key lacks", async () => {
  const { connector, simulator, wiring, send } = stripeUnderTest();
  simulator.setMood("restricted-key", true);
  await assert.rejects(connector.check(wiring, send), /lacks the right rak_checkout_session_read/);
});

test("the doctor finds any single right that a restricted key lacks, even before the first payment", async () => {
  const { connector, wiring, send, simulator } = stripeUnderTest();
  const needed = "checkout/sessions payment_intents charges customers products events refunds";
  for (const path of [...needed.split(" "), "invoice_payments"]) {
    const lacking: typeof send = async (request) => {
      simulator.setMood("restricted-key", new URL(request.url).pathname === `/v1/${path}`);
      return await send(request);
    };
    await assert.rejects(connector.check(wiring, lacking), /lacks the right/, path);
  }
});

test("the doctor says when Stripe delivers nothing, or not everything", async () => {
  const { connector, wiring, send, simulator } = stripeUnderTest();
  simulator.setMood("endpoint-deaf", true);
  const deaf = await connector.check(wiring, send);
  assert.match(deaf, /nothing announces checkout.session.async_payment_succeeded, payment_intent/);
  assert.match(deaf, /refund.failed\.$/);
  simulator.setMood("endpoint-disabled", true);
  await assert.rejects(connector.check(wiring, send), {
    message: /delivers nothing: https:\/\/shop.example.com\S+ is disabled. Enable it/,
    failure: { cause: "config.invalid" },
  });
});

test("a key that may not list endpoints is no worse for orders, and the doctor says what it could not see", async () => {
  const { connector, wiring, send, simulator } = stripeUnderTest();
  const blind: typeof send = async (request) => {
    simulator.setMood("restricted-key", request.url.includes("webhook_endpoints"));
    return await send(request);
  };
  assert.match(await connector.check(wiring, blind), /endpoints were not looked at/);
});

test("keys and secrets that cannot be right are refused before the first event", () => {
  const under = (secrets: Record<string, string>) => () => stripeUnderTest({}, secrets);
  assert.throws(under({ secretKey: "pk_test_1" }), /This is the publishable key/);
  assert.throws(under({ secretKey: "" }), /begins with sk_ or rk_/);
  assert.throws(under({ webhookSecrets: " \n" }), /set, but empty/);
  assert.throws(under({ webhookSecrets: "we_1" }), /begins with whsec_/);
  assert.throws(() => stripeUnderTest({ connectedAccounts: ["partner"] }), /begin with acct_/);
});

test("a secret that was pasted with a newline works, and so do several", () => {
  const { wiring, connector } = stripeUnderTest();
  const webhookSecrets = "whsec_a,\n whsec_b\n";
  const payments = connector.connect({ ...wiring, secrets: { ...wiring.secrets, webhookSecrets } });
  const result = payments.verify(
    new TextEncoder().encode("{}"),
    `t=1,v1=${"a".repeat(64)}`,
    new Date(2000),
  );
  assert.match(result.kind === "refused" ? result.why : "", /any of 2 secrets/);
});

test("a live key makes a live connector", async () => {
  const { reasonOf } = stripeUnderTest({}, { secretKey: "rk_live_1" });
  const reason = await reasonOf(anEvent("checkout.session.completed", "cs_1"));
  assert.match(reason, /a test event, and our key is for live mode/);
});

test("the real package reads an order over real HTTP, without telemetry", async () => {
  const { simulator } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const server = await served(simulator, "/base");
  try {
    const connector = stripe({ secretKey: secret("A"), webhookSecrets: secret("B") });
    const base = `http://127.0.0.1:${server.port}/base/`;
    const wiring = wiringOf(connector, simulator.secrets, base);
    const event = anEvent("payment_intent.succeeded", "pi_3EurIncl");
    const reading = await connector.connect(wiring).read(event, "pikkuna", sendOverHttp);
    assert.equal(reading.kind === "order" && toDecimal(reading.order.total), "159.63");
    assert.ok(server.heard.length > 1);
    for (const headers of server.heard) {
      assert.equal(headers["stripe-version"], "2026-10-28.endive");
      // Neither how long the last request took, nor a number of this machine, nor what runs on it.
      assert.equal(headers["x-stripe-client-telemetry"], undefined);
      assert.equal(headers["x-stripe-client-user-agent"], undefined);
      assert.equal(headers["user-agent"], "Ordna (stripe-node 23.1.0)");
    }
  } finally {
    server.close();
  }
});

test("a notice that Stripe sends along is not printed past the log", async () => {
  const { send, payments, simulator } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const printed: string[] = [];
  const hear = (warning: Error) => void printed.push(warning.message);
  process.on("warning", hear);
  try {
    const noticed: Send = async (request) => {
      const response = await send(request);
      return { ...response, headers: { ...response.headers, "stripe-notice": "Upgrade now!" } };
    };
    const event = anEvent("checkout.session.completed", "cs_test_a1EurIncl");
    assert.equal((await payments.read(event, "pikkuna", noticed)).kind, "order");
    // Warnings are told in the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(printed, []);
  } finally {
    process.off("warning", hear);
  }
});

const sendOverHttp: Send = async (request) => {
  const { method, url, headers = {} } = request;
  const response = await fetch(url, { method, headers });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body, request };
};
