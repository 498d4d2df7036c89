// What was begun when the money went back is brought to its end at the provider, and nothing else happens there.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { noAnswer } from "../connector-kit/direct-send.ts";
import { anEvent } from "../ledger/test-ledger.ts";
import { retryOrder } from "../operator/retry-order.ts";
import { money } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { type Step, step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeSettleMs } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
beforeEach(() => sample.office.behave());
after(() => sample.close());

const input = ({ reference }: Order) => ({ reference });

function bookAndMail(how: "look-first" | "safe"): readonly Step[] {
  const book = step("book", { action: officeAction(how), input });
  return [book, step("mail", { needs: { book }, action: officeAction("look-first"), input })];
}

const isChange = ({ method }: Request) => method !== "GET";

/** Its payment has no intent of its own in this world: it is given one. */
async function refund(reference: string): Promise<void> {
  const paymentIntent = `pi_of_${reference}`;
  await sample.db.query("update orders set payment_intent = $2 where reference = $1", [
    reference,
    paymentIntent,
  ]);
  const { subject } = await sample.ledger.recordEvent(anEvent(`evt_refund_${reference}`));
  const paid = money(10_000, "EUR");
  const all = { paymentIntent, refunded: paid, paid, hasFailed: false };
  await sample.ledger.recordRefund(subject, all);
}

async function statesOf(reference: string) {
  const order = await sample.ledger.loadOrder(reference);
  return [order?.state, ...(order?.steps.map(({ name, state }) => `${name} ${state}`) ?? [])];
}

test("nothing is done for an order that was refunded before it began, whoever looks again", async () => {
  const world = sample.world(bookAndMail("look-first"));
  const reference = await sample.openOrder(world);
  await refund(reference);
  assert.deepEqual(await statesOf(reference), ["cancelled", "book skipped", "mail skipped"]);
  assert.deepEqual(await retryOrder(sample.ledger, reference), []);
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.deepEqual(sample.records(reference), []);
});

for (const how of ["look-first", "safe"] as const) {
  test(`what was done and whose answer was lost is found after the refund: ${how}`, async () => {
    const world = sample.world(bookAndMail(how));
    const reference = await sample.openOrder(world);
    sample.office.misbehave({ how: "lose-answer", times: 1, when: isChange });
    await advanceOrder(world, reference);
    await refund(reference);
    await sample.letTimePass(officeSettleMs);
    assert.equal(await advanceOrder(world, reference), undefined);
    assert.deepEqual(await statesOf(reference), ["cancelled", "book done", "mail skipped"]);
    assert.equal(sample.records(reference).length, 1);
    assert.deepEqual(await retryOrder(sample.ledger, reference), []);
    assert.equal(await advanceOrder(world, reference), undefined);
    assert.equal(sample.records(reference).length, 1);
  });
}

test("what may have been done and is not there is not sent any more after the refund, and nobody is needed", async () => {
  const world = sample.world(bookAndMail("look-first"));
  const reference = await sample.openOrder(world);
  const deaf: World["sendUntil"] = () => async (request) =>
    Promise.reject(noAnswer(request, false));
  await advanceOrder({ ...world, sendUntil: deaf }, reference);
  assert.deepEqual((await statesOf(reference))[1], "book unknown");
  await refund(reference);
  await sample.letTimePass(officeSettleMs);
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.deepEqual(await statesOf(reference), ["cancelled", "book skipped", "mail skipped"]);
  assert.deepEqual(sample.records(reference), []);
  const { rows } = await sample.db.query<{ title: string }>(
    "select title from alert where reference = $1",
    [reference],
  );
  assert.equal(rows.length, 1, JSON.stringify(rows));
});

test("while the provider cannot be asked the doubt stays, and the order is looked at again", async () => {
  const world = sample.world(bookAndMail("look-first"));
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "lose-answer", times: 1, when: isChange });
  await advanceOrder(world, reference);
  await refund(reference);
  await sample.letTimePass(officeSettleMs);
  sample.office.misbehave({ how: "unavailable", times: 1, when: (request) => !isChange(request) });
  const again = await advanceOrder(world, reference);
  assert.ok(again !== undefined && again > 0);
  assert.deepEqual((await statesOf(reference)).slice(0, 2), ["open", "book unknown"]);
  await sample.letTimePass(10 * officeSettleMs);
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.deepEqual((await statesOf(reference))[0], "cancelled");
});
