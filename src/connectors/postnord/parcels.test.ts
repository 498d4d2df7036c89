// Orders that are too heavy for one parcel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../../connector-kit/sample-order.ts";
import type { Order } from "../../order/order.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { aShop, orderTo, swedishSender } from "./shop-for-tests.ts";

/** Pieces of `grams` each, as many as `quantity` says. */
function weighing(...lines: readonly (readonly [quantity: number, grams: number])[]): Order {
  const [line] = anOrder().lines;
  assert.ok(line);
  const goods = lines.map(([quantity, weightGrams], i) => ({
    ...line,
    id: `li_${i}`,
    quantity,
    weightGrams,
  }));
  return anOrder({ lines: goods });
}

async function booked(order: Order, options: Partial<PostnordOptions>) {
  const shop = aShop(options);
  const outcome = await shop.book(order);
  assert.ok(outcome.kind === "done", "error" in outcome ? outcome.error.message : "");
  return { ...shop, booking: outcome.output, parcel: shop.parcels()[0]?.fields ?? {} };
}

test("what is too heavy for one parcel goes in several, each piece whole and all of them there", async () => {
  const order = weighing([1, 2000], [3, 4000], [2, 3500]);
  const { parcel, booking, parcels } = await booked(order, { maxParcelGrams: 10_000 });
  assert.deepEqual(parcel.parcelsKg, [10, 7.5, 3.5]);
  assert.equal(parcel.weightKg, 21);
  assert.equal(booking.moreParcels?.length, 2);
  const numbers = [booking, ...(booking.moreParcels ?? [])].map((one) => one.trackingNumber);
  assert.equal(new Set(numbers).size, 3);
  assert.equal(parcels().length, 1, "one booking");
});

test("every parcel weighs its packaging as well, and none passes the limit with it", async () => {
  const options = { maxParcelGrams: 10_000, packagingGrams: 500 };
  const { parcel } = await booked(weighing([4, 5000]), options);
  assert.deepEqual(parcel.parcelsKg, [5.5, 5.5, 5.5, 5.5]);
  assert.equal(parcel.weightKg, 22);
});

test("PostNord's published limit holds where there is one, and the agreement's instead of it", async () => {
  const order = { ...weighing([3, 10_000]), shipTo: orderTo({}, stockholm).shipTo };
  assert.deepEqual((await booked(order, swedishSender)).parcel.parcelsKg, [20, 10]);
  const agreed = { ...swedishSender, maxParcelGrams: 35_000 };
  assert.deepEqual((await booked(order, agreed)).parcel.parcelsKg, [30]);
  const finnish = await booked(weighing([3, 10_000]), {});
  assert.deepEqual(finnish.parcel.parcelsKg, [30], "Finland's limit is not published");
});

test("a piece that is too heavy for any parcel waits for a person, and so does a hundred of them", async () => {
  for (const order of [weighing([1, 12_000]), weighing([1000, 10_000])]) {
    const { book, parcels } = aShop({ maxParcelGrams: 10_000 });
    const outcome = await book(order);
    assert.ok(outcome.kind === "failed");
    assert.equal(outcome.error.failure.cause, "service.not_available");
    assert.match(outcome.error.message, /too heavy for a parcel|more than 50 parcels/);
    assert.equal(parcels().length, 0);
  }
});

test("Norway's service points take one parcel a booking", async () => {
  const { book, parcels } = aShop({ ...norwegianSender, services: [norwegianRule] });
  const oslo = orderTo({}, { country: "NO", postalCode: "0155", city: "Oslo" }).shipTo;
  const outcome = await book({ ...weighing([2, 20_000]), shipTo: oslo });
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.error.message, /takes one parcel of 35 kg with service 19/);
  assert.equal(parcels().length, 0);
});

test("fewer numbers than parcels leave a doubt: a label would be missing", async () => {
  const { carrier, call } = aShop({ maxParcelGrams: 10_000 });
  const forgetful: typeof call.send = async (request) => {
    const answer = await call.send(request);
    const body = JSON.parse(Buffer.from(answer.body).toString());
    body.idInformation[0].ids.pop();
    return { ...answer, body: new TextEncoder().encode(JSON.stringify(body)) };
  };
  const run = carrier.book.run({ order: weighing([2, 9000]) }, { ...call, send: forgetful });
  await assert.rejects(run, { verdict: "ambiguous", message: /1 item ids for 2 parcels/ });
});

test("several parcels whose answer was lost are found together", async () => {
  const { simulator, book, parcels } = aShop({ maxParcelGrams: 10_000 });
  simulator.misbehave({ how: "lose-answer", times: 1 });
  const order = weighing([3, 9000]);
  await book(order);
  const found = await book(order, true);
  assert.ok(found.kind === "done" && found.via === "look-up");
  assert.equal(found.output.moreParcels?.length, 2);
  assert.deepEqual(found.others, []);
  assert.equal(parcels().length, 1);
});

const stockholm = { country: "SE", postalCode: "11122", city: "Stockholm" };
const norwegianRule = { to: "domestic", service: "19", additional: ["A7", "A4"] } as const;
const norwegianSender: Partial<PostnordOptions> = {
  issuer: "Z13",
  customerNumber: "1234567",
  sender: {
    name: "Eksempel AS",
    streets: ["Storgata 1"],
    postalCode: "0155",
    city: "Oslo",
    country: "NO",
    contactName: "Lager",
    email: "lager@example.com",
    phone: "+4791234567",
  },
};
