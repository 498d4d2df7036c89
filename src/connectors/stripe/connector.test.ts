import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { secret } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { toDecimal } from "../../order/money.ts";
import { stripe } from "./connector.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest, wiringOf } from "./shop-for-tests.ts";

test("the doctor says the mode and the number of webhook secrets", async () => {
  const { connector, wiring, send } = stripeUnderTest();
  assert.equal(
    await connector.check(wiring, send),
    "Stripe answers in test mode; webhook secrets: 1.",
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
  const asked: string[] = [];
  const server = createServer(async (req, res) => {
    asked.push(`${req.headers["stripe-version"]} ${req.headers["x-stripe-client-telemetry"]}`);
    const headers = new Headers(Object.entries(req.headers).map(([k, v]) => [k, String(v)]));
    const url = `http://stripe.test${req.url?.replace("/base", "")}`;
    const response = await simulator.fetch(new Request(url, { headers }));
    res.writeHead(response.status, Object.fromEntries(response.headers));
    res.end(await response.text());
  });
  const port = await listen(server);
  try {
    const connector = stripe({ secretKey: secret("A"), webhookSecrets: secret("B") });
    const wiring = wiringOf(connector, simulator.secrets, `http://127.0.0.1:${port}/base/`);
    const event = anEvent("payment_intent.succeeded", "pi_3EurIncl");
    const reading = await connector.connect(wiring).read(event, "pikkuna", sendOverHttp);
    assert.equal(reading.kind === "order" && toDecimal(reading.order.total), "159.63");
    assert.deepEqual(new Set(asked), new Set(["2026-10-28.endive undefined"]));
  } finally {
    server.close();
  }
});

/** A free port below 32768, so that nothing meets the system's own choice of ports. */
async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  for (let port = 27_100; port < 27_200; port++) {
    const isOurs = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    const address = server.address() as AddressInfo | null; // A TCP server has no other kind.
    if (isOurs && address) return address.port;
  }
  throw new Error("No free port.");
}

const sendOverHttp: Send = async (request) => {
  const { method, url, headers = {} } = request;
  const response = await fetch(url, { method, headers });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body, request };
};
