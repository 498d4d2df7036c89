import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import { type Misbehaviour, misbehaving, misbehaviours } from "../../connector-kit/misbehaviour.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";

const event = anEvent("checkout.session.completed", "cs_test_a1EurIncl");
const old = { createdAt: "2026-11-18T10:00:00.000Z" };

async function failureOf(work: Promise<unknown>): Promise<ActionError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof ActionError) return thrown;
    throw thrown;
  }
  throw new Error("It went well.");
}

async function inMood(mood: string, of = event): Promise<ActionError> {
  const under = stripeUnderTest();
  under.simulator.record(scenarioPayment("order-eur-inclusive"));
  under.simulator.setMood(mood, true);
  return await failureOf(under.read(of));
}

test("Stripe's ways of saying no each have their meaning", async () => {
  const cases = [
    ["rate-limited", "transient", "provider.rate_limited", /slow down \(global-rate\)/],
    ["restricted-key", "transient", "auth.refused", /lacks the right rak_checkout_session_read/],
    ["expired-key", "transient", "auth.refused", /refuses our key: Expired API Key/],
    ["outage", "transient", "provider.outage", /has trouble/],
    ["locked", "transient", "provider.rate_limited", /slow down \(lock_timeout\)/],
    ["unavailable", "transient", "provider.outage", /temporarily unavailable/],
    ["truncated", "transient", "provider.unexpected_answer", /not JSON/],
    ["lagging", "transient", "provider.unexpected_answer", /does not show it yet/],
  ] as const;
  for (const [mood, verdict, cause, message] of cases) {
    const error = await inMood(mood);
    assert.equal(error.verdict, verdict, mood);
    assert.equal(error.failure.cause, cause, mood);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /sk_test|rk_test/);
  }
});

test("Stripe is given as long as it asks for, whether it is down or busy", async () => {
  const busy = stripeUnderTest();
  const simulator = misbehaving(busy.simulator);
  simulator.misbehave({ how: "slow-down", times: 1, when: () => true });
  const throttled = await failureOf(busy.read(event, directSend(simulator)));
  assert.equal(throttled.failure.cause, "provider.rate_limited");
  assert.equal(throttled.failure.retryAfterMs, 1000);
  assert.equal((await inMood("unavailable")).failure.retryAfterMs, 120_000);
  assert.equal((await inMood("rate-limited")).failure.retryAfterMs, undefined, "Stripe says none");
});

test("an account that took its access back is told to a person, and holds up nobody else", async () => {
  const account = "acct_partner";
  const under = stripeUnderTest({ connectedAccounts: [account] });
  under.simulator.record(scenarioPayment("order-eur-inclusive"));
  under.simulator.setMood("account-revoked", true);
  const error = await failureOf(under.read({ ...event, account }));
  assert.equal(error.verdict, "permanent");
  // Not auth.refused: that would stop the reading of every payment for minutes.
  assert.equal(error.failure.cause, "config.invalid");
  assert.match(error.message, /nothing of account acct_partner.*connectedAccounts/s);
  assert.doesNotMatch(error.message, /sk_test/);
  assert.equal((await under.read(event)).kind, "order");
});

test("what Stripe does not know after ten minutes, it never will", async () => {
  const error = await failureOf(stripeUnderTest().read({ ...event, ...old }));
  assert.equal(error.verdict, "permanent");
  assert.equal(error.failure.cause, "order.unsupported");
  assert.match(error.message, /No such checkout.session: 'cs_test_a1EurIncl' \(req_\w+\)/);
});

test("a read that failed is never in doubt, and the next one finds the order", async () => {
  for (const how of Object.keys(misbehaviours)) {
    const under = stripeUnderTest();
    under.simulator.record(scenarioPayment("order-eur-inclusive"));
    const simulator = misbehaving(under.simulator);
    // Object.keys forgets that these are its keys.
    simulator.misbehave({ how: how as Misbehaviour, times: 1, when: () => true });
    const error = await failureOf(under.read(event, directSend(simulator)));
    assert.equal(error.verdict, "transient", `${how}: ${error.message}`);
    assert.equal(simulator.faultsServed, 1, "the package must not retry by itself");
    assert.equal((await under.read(event, directSend(simulator))).kind, "order");
  }
});

test("a key of another account is refused in Stripe's words, but without the key", async () => {
  const under = stripeUnderTest({}, { secretKey: "sk_test_somebody_elses" });
  const error = await failureOf(under.read(event));
  assert.equal(error.failure.cause, "auth.refused");
  assert.match(error.message, /Invalid API Key provided: \[key\]/);
});
