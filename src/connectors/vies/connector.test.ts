// What VIES says of a buyer's number, and what it does not say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { numberEndingIn, viesShop } from "./shop-for-tests.ts";

test("a valid number comes with the proof of having asked: who, when, and VIES's own number for it", async () => {
  const { ask, sent } = viesShop();
  const outcome = await ask("AT U12345675");
  assert.ok(outcome.kind === "done");
  assert.deepEqual(outcome.output.consultation, {
    result: "valid",
    vatId: "ATU12345675",
    requestIdentifier: "WAPIAAAASIM00001",
    consultedAt: "2026-11-23T12:00:00.000Z",
    requestDate: "2026-11-23T12:00:00.000Z",
    requester: "FI12345671",
    name: "EXAMPLE TRADER",
    address: "EXAMPLE STREET 1\n00000 EXAMPLE",
    simulated: true,
  });
  assert.deepEqual(JSON.parse(String(sent[0]?.body)), {
    countryCode: "AT",
    vatNumber: "U12345675",
    requesterMemberStateCode: "FI",
    requesterNumber: "12345671",
  });
});

test("a state that tells no name leaves name and address out of the proof", async () => {
  const outcome = await viesShop().ask("DE123456788");
  assert.ok(outcome.kind === "done" && outcome.output.consultation.result === "valid");
  assert.equal(outcome.output.consultation.name, undefined);
  assert.ok(outcome.output.consultation.requestIdentifier);
});

test("a number that VIES does not know is invalid, with the proof of that", async () => {
  const outcome = await viesShop().ask(numberEndingIn("200"));
  assert.ok(outcome.kind === "done" && outcome.output.consultation.result === "invalid");
  assert.ok(outcome.output.consultation.requestIdentifier);
});

const unknown: readonly (readonly [code: string, error: string, cause: string])[] = [
  ["202", "INVALID_REQUESTER_INFO", "auth.refused"],
  ["300", "SERVICE_UNAVAILABLE", "provider.outage"],
  ["301", "MS_UNAVAILABLE", "vat_id.unverified"],
  ["302", "TIMEOUT", "vat_id.unverified"],
  ["400", "VAT_BLOCKED", "auth.refused"],
  ["401", "IP_BLOCKED", "auth.refused"],
  ["500", "GLOBAL_MAX_CONCURRENT_REQ", "provider.rate_limited"],
  ["501", "GLOBAL_MAX_CONCURRENT_REQ_TIME", "provider.rate_limited"],
  ["600", "MS_MAX_CONCURRENT_REQ", "vat_id.unverified"],
  ["601", "MS_MAX_CONCURRENT_REQ_TIME", "vat_id.unverified"],
];

for (const [code, error, cause] of unknown) {
  test(`${error} is neither valid nor invalid: the order waits`, async () => {
    const outcome = await viesShop().ask(numberEndingIn(code));
    assert.ok(outcome.kind === "retry");
    assert.equal(outcome.error.failure.cause, cause);
    assert.match(outcome.error.message, new RegExp(error));
  });
}

test("a busy state that VIES reports as valid: false is no invalid number", async () => {
  const { ask, simulator } = viesShop();
  simulator.setMood("outage-as-invalid", true);
  const outcome = await ask("DE123456788");
  assert.ok(outcome.kind === "retry");
  assert.match(outcome.error.message, /MS_MAX_CONCURRENT_REQ/);
});

test("what VIES has not said within a day is for finance, and trying again asks once more", async () => {
  const { ask, simulator, sent } = viesShop();
  simulator.setMood("states-away", true);
  const outcome = await ask("DE123456788", "2026-11-22T11:59:00Z");
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "vat_id.unverified");
  assert.equal(outcome.error.failure.field, "taxIds");
  assert.match(outcome.error.message, /24 hours .*Try again.*as to a consumer/);
  simulator.setMood("states-away", false);
  assert.equal((await ask("DE123456788", "2026-11-22T11:59:00Z")).kind, "done");
  assert.equal(sent.length, 2);
});

test("a yes without a request identifier is kept, but proves nothing", async () => {
  const { ask, simulator } = viesShop();
  simulator.setMood("no-proof", true);
  const outcome = await ask("DE123456788");
  assert.ok(outcome.kind === "done" && outcome.output.consultation.result === "valid");
  assert.equal(outcome.output.consultation.requestIdentifier, undefined);
});

test("an order on which no number hangs asks nobody, and is not held up by VIES", async () => {
  const { ask, sent, verify } = viesShop();
  const outcome = await ask(undefined);
  assert.ok(outcome.kind === "done");
  assert.deepEqual(outcome.output.consultation, { result: "not-needed" });
  assert.deepEqual(sent, []);
  const paidAt = "2026-11-23T11:59:00Z";
  assert.equal(verify.needsProvider?.({ paidAt }), false);
  assert.equal(verify.needsProvider?.({ paidAt, vatId: "DE123456788" }), true);
});

test("a number with a wrong check digit is malformed, and VIES is not bothered", async () => {
  const { ask, sent } = viesShop();
  const outcome = await ask("DE123456789");
  assert.ok(outcome.kind === "done");
  assert.deepEqual(outcome.output.consultation, { result: "malformed", vatId: "DE123456789" });
  assert.deepEqual(sent, []);
});

test("INVALID_INPUT says that no number looks like this: malformed, not an outage", async () => {
  const outcome = await viesShop().ask(numberEndingIn("201"));
  assert.ok(outcome.kind === "done");
  assert.equal(outcome.output.consultation.result, "malformed");
});

test("an answer about another number is not believed", async () => {
  const { verify } = viesShop();
  const body = { countryCode: "DE", vatNumber: "999999999", valid: true, requestIdentifier: "X1" };
  const input = { vatId: "DE123456788", paidAt: "2026-11-23T11:59:00Z" };
  const call = {
    ...{ reference: "ABCDEFGHJK1234", key: "ABCDEFGHJK1234-vat-id" },
    send: async (request: Parameters<Parameters<typeof verify.run>[1]["send"]>[0]) => ({
      ...{ status: 200, headers: {}, request },
      body: new TextEncoder().encode(JSON.stringify(body)),
    }),
    keep: () => assert.fail("nothing is kept"),
    open: () => assert.fail("nothing is opened"),
    now: () => new Date("2026-11-23T12:00:00Z"),
  };
  await assert.rejects(verify.run(input, call), /another VAT number/);
});

test("the test service of the simulator answers the official codes and nothing else", async () => {
  const { simulator } = viesShop();
  const answer = async (vatNumber: string) => {
    const url = "http://127.0.0.1:9/check-vat-test-service";
    const request = new Request(url, {
      method: "POST",
      body: JSON.stringify({ countryCode: "DE", vatNumber }),
    });
    return (await simulator.fetch(request)).text();
  };
  assert.match(await answer("100"), /"valid":true/);
  assert.match(await answer("200"), /"valid":false/);
  for (const [code, error] of unknown) assert.match(await answer(code), new RegExp(error));
  assert.match(await answer("123456788"), /INVALID_INPUT/);
});

test("the doctor asks VIES about the shop's own number", async () => {
  assert.match(await viesShop().check(), /knows the shop's own VAT number as valid/);
  await assert.rejects(viesShop({}, numberEndingIn("200")).check(), /not valid/);
  await assert.rejects(viesShop({}, "12345").check(), /VIES_VAT_ID is no VAT number/);
});

test("how long to wait for VIES is at most a week", () => {
  assert.throws(() => viesShop({ waitHours: 1000 }), /waitHours must be from 0 to 168/);
});
