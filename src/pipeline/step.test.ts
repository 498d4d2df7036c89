import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import type { Action, Connection } from "../connector-kit/action.ts";
import { callTo } from "../connector-kit/conformance.ts";
import { bookingOutput } from "../connector-kit/outputs.ts";
import type { Booking } from "../connector-kit/roles.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import { toJson } from "../order/json.ts";
import { money } from "../order/money.ts";
import { type Order, orderSchema } from "../order/order.ts";
import { step } from "./step.ts";

const connection: Connection = {
  provider: "office",
  account: "office:1",
  simulated: true,
  limits: {},
  deadlineMs: 1000,
  maxServerMs: 0,
  maxLagMs: 0,
};
const made: Booking = { bookingId: "b-1", trackingNumber: "JJFI1234", service: "19" };

const book: Action<{ order: Order }, Booking> = {
  name: "office.book",
  connection,
  output: bookingOutput,
  repeat: { how: "look-first", find: async () => [] },
  record: ({ bookingId }) => ({ id: bookingId }),
  run: async () => made,
};
const label: Action<{ trackingNumber: string }, { pages: number }> = {
  name: "office.label",
  connection,
  output: z.object({ pages: z.number() }),
  repeat: { how: "safe" },
  record: ({ pages }) => ({ id: `pages-${pages}`, isShared: true }),
  exclusive: ({ trackingNumber }) => trackingNumber,
  run: async () => ({ pages: 1 }),
};

const booking = step("booking", { action: book, input: (order) => ({ order }) });
const labels = step("label", {
  needs: { parcel: booking },
  action: label,
  input: (_order, { parcel }) => ({ trackingNumber: parcel.trackingNumber }),
});

test("a step is made of the order and of what the steps it needs have recorded", () => {
  const prepared = labels.prepare(anOrder(), { booking: made, another: { secret: true } });
  assert.deepEqual(prepared.input, { trackingNumber: "JJFI1234" });
  assert.deepEqual(
    labels.needs.map(({ name }) => name),
    ["booking"],
  );
});

test("what was recorded is checked again before it is believed", () => {
  for (const booked of [undefined, {}, { ...made, trackingNumber: "../../etc" }]) {
    assert.throws(() => labels.prepare(anOrder(), { booking: booked }), /trackingNumber|expected/);
  }
});

test("the same order makes the same attempt: key order and the journey through JSON do not matter", () => {
  const order = anOrder();
  const { total, ...rest } = order;
  const { digest } = booking.prepare(order, {});
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(booking.prepare({ total, ...rest }, {}).digest, digest);
  const fromLedger = orderSchema.parse(JSON.parse(toJson(order)));
  assert.equal(booking.prepare(fromLedger, {}).digest, digest);
});

test("an attempt that would say something else has another digest", () => {
  const digests = [
    anOrder(),
    anOrder({ total: money(15964, "EUR") }),
    anOrder({ total: money(15963, "SEK") }),
    anOrder({ notes: ["Leave at the door"] }),
  ].map((order) => booking.prepare(order, {}).digest);
  assert.equal(new Set(digests).size, digests.length);
});

test("attempts that must not meet carry the account in their key, and others none", () => {
  assert.equal(labels.prepare(anOrder(), { booking: made }).exclusive, "office:1/JJFI1234");
  assert.equal(booking.prepare(anOrder(), {}).exclusive, undefined);
});

test("only a look-first step looks before it repeats", () => {
  assert.equal(booking.prepare(anOrder(), {}).looksFirst, true);
  assert.equal(labels.prepare(anOrder(), { booking: made }).looksFirst, false);
});

test("a prepared step attempts its action, and names the record for the ledger", async () => {
  const call = callTo({ fetch: () => Promise.reject(new Error("Nothing is sent here.")) });
  const prepared = booking.prepare(anOrder(), {});
  const outcome = await prepared.attempt(call, false);
  assert.deepEqual(outcome, { kind: "done", output: made, via: "response" });
  assert.deepEqual(prepared.record(made), { id: "b-1" });
  assert.throws(() => prepared.record({}), /expected/);
  const shared = labels.prepare(anOrder(), { booking: made });
  assert.deepEqual(shared.record({ pages: 2 }), { id: "pages-2", isShared: true });
});

test("a step whose input does not fit its action does not compile", () => {
  const wrong = [
    // @ts-expect-error The label needs a tracking number.
    step("label", { action: label, input: (order) => ({ order }) }),
    step("label", {
      needs: { booking },
      action: label,
      // @ts-expect-error A booking has no number of that name.
      input: (_order, results) => ({ trackingNumber: results.booking.parcelNumber }),
    }),
    step("label", {
      action: label,
      // @ts-expect-error What is not needed is not there.
      input: (_order, results) => ({ trackingNumber: results.booking.trackingNumber }),
    }),
    step("label", {
      needs: { booking },
      action: label,
      // @ts-expect-error A needed step's output is no string.
      input: (_order, { booking: parcel }) => ({ trackingNumber: parcel }),
    }),
  ];
  assert.equal(wrong.length, 4);
});
