import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome } from "../../connector-kit/attempt.ts";
import { callTo, testAction } from "../../connector-kit/conformance.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import { aShop, finnishSender, orderTo } from "./shop-for-tests.ts";

const isBooking = (request: Request) => new URL(request.url).pathname.endsWith("/v3/edi");

testAction("postnord.book", () => {
  const { carrier, simulator } = aShop();
  return {
    action: carrier.book,
    input: { order: orderTo() },
    simulator,
    when: isBooking,
    count: () => simulator.records().length,
  };
});

testAction("postnord.book to a service point", () => {
  const { carrier, simulator } = aShop();
  return {
    action: carrier.book,
    input: { order: orderTo({ phone: undefined }) },
    simulator,
    when: isBooking,
    count: () => simulator.records().length,
  };
});

testAction("postnord.label", async () => {
  const { carrier, simulator, call } = aShop();
  const order = orderTo();
  const booking = await carrier.book.run({ order }, call);
  return {
    action: carrier.label,
    input: { order, booking },
    simulator,
    when: (request) => request.url.includes("/v3/labels/ids/pdf"),
    count: () => simulator.records().length,
  };
});

test("a shipment whose answer was lost is found by our reference, not booked twice", async () => {
  const { simulator, book, parcels } = aShop();
  simulator.misbehave({ how: "lose-answer", times: 1, when: isBooking });
  assert.equal((await book(orderTo())).kind, "unknown");
  const outcome = await book(orderTo(), true);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.deepEqual(
    parcels().map(({ id, reference }) => [id, reference]),
    [[outcome.output.trackingNumber, "ABCDEFGHJK1234"]],
  );
});

test("a parcel that was found instead of booked prints its label by its item id", async () => {
  const { simulator, carrier, book, call } = aShop();
  simulator.misbehave({ how: "lose-answer", times: 1, when: isBooking });
  await book(orderTo());
  const found = await book(orderTo(), true);
  assert.ok(found.kind === "done");
  assert.equal(found.output.printId, undefined);
  const file = await carrier.label.run({ order: orderTo(), booking: found.output }, call);
  assert.equal(file.fileName, `label-${found.output.trackingNumber}.pdf`);
});

test("a look before tracking shows the parcel books twice, so the wait covers it", async () => {
  const { simulator, book, parcels, connector } = aShop();
  simulator.setMood("tracking-lag", true);
  simulator.misbehave({ how: "lose-answer", times: 1, when: isBooking });
  await book(orderTo());
  await book(orderTo(), true);
  assert.equal(parcels().length, 2);
  assert.ok(connector.connection.maxLagMs > 60_000);
});

test("an order that tracking shows after its lag is found", async () => {
  let minutes = 0;
  const shop = aShop({}, () => new Date(Date.UTC(2026, 10, 23, 12, minutes)));
  shop.simulator.setMood("tracking-lag", true);
  const order = orderTo();
  const booked = await shop.carrier.book.run({ order }, shop.call);
  const { repeat } = shop.carrier.book;
  assert.ok(repeat.how === "look-first");
  assert.deepEqual(await repeat.find({ order }, shop.call), []);
  minutes = 2;
  const [found] = await repeat.find({ order }, shop.call);
  assert.equal(found?.trackingNumber, booked.trackingNumber);
});

test("the label is a thermal label in the recipient's language, and a PDF", async () => {
  const { simulator, carrier, call } = aShop();
  const asked: HttpRequest[] = [];
  const order = orderTo({ name: "Žofia Łódzka" });
  const booking = await carrier.book.run({ order }, call);
  const kept: Uint8Array[] = [];
  const file = await carrier.label.run(
    { order, booking },
    {
      ...call,
      send: (request) => {
        asked.push(request);
        return directSend(simulator)(request);
      },
      keep: (document) => {
        kept.push(document.bytes);
        return call.keep(document);
      },
    },
  );
  const query = new URL(asked[0]?.url ?? "").searchParams;
  assert.equal(query.get("paperSize"), "LABEL");
  assert.equal(query.get("locale"), "fi");
  assert.equal(asked[0]?.body, JSON.stringify([{ id: booking.printId }]));
  assert.equal(Buffer.from(kept[0] ?? []).toString("latin1", 0, 5), "%PDF-");
  assert.equal(file.mediaType, "application/pdf");
});

test("a label that PostNord does not know yet is asked for again later, by both ids", async () => {
  const { simulator, carrier, call } = aShop();
  const order = orderTo();
  const booking = await carrier.book.run({ order }, call);
  simulator.setMood("forgets-bookings", true);
  await assert.rejects(carrier.label.run({ order, booking }, call), {
    verdict: "transient",
    message: /does not know parcel 00\d{18} yet/,
  });
});

test("a label that fails inside HTTP 200 waits for a person", async () => {
  const { simulator, carrier, call } = aShop();
  const order = orderTo();
  const booking = await carrier.book.run({ order }, call);
  simulator.setMood("label-fail", true);
  await assert.rejects(carrier.label.run({ order, booking }, call), {
    verdict: "permanent",
    message: /Label could not be created/,
  });
});

test("HTTP 201 with a failed shipment in it is no booking", async () => {
  const { simulator, book, parcels } = aShop();
  simulator.setMood("item-fail", true);
  const failed = failure(await book(orderTo()));
  assert.equal(failed.failure.cause, "request.refused");
  assert.match(failed.message, /Item could not be created/);
  simulator.setMood("item-fail", false);
  simulator.setMood("refuses-service", true);
  assert.equal(failure(await book(orderTo())).failure.cause, "service.not_available");
  assert.equal(parcels().length, 0);
});

test("a postal code that PostNord refuses names the field to mend", async () => {
  const { book, parcels } = aShop();
  const error = failure(await book(orderTo({}, { postalCode: "1234" })));
  assert.equal(error.failure.cause, "address.postal_code");
  assert.equal(error.failure.field, "shipTo.address.postalCode");
  assert.equal(parcels().length, 0);
});

test("a key that the gateway refuses stops nothing for good and is not told", async () => {
  const { simulator, book, connector, wiring, parcels } = aShop();
  simulator.setMood("gateway-forbidden", true);
  const outcome = await book(orderTo());
  assert.ok(outcome.kind === "retry");
  assert.equal(outcome.error.failure.cause, "auth.refused");
  assert.match(outcome.error.message, /refuses the API key for Booking/);
  await assert.rejects(
    connector.check(wiring, directSend(simulator)),
    ({ message }: Error) => !message.includes(simulator.secrets.apiKey ?? "?"),
  );
  assert.equal(parcels().length, 0);
});

test("whatever goes wrong, no error tells the key", async () => {
  for (const how of ["lose-answer", "fail-after-work", "garble-answer", "unavailable"] as const) {
    const { simulator, book } = aShop();
    simulator.misbehave({ how, times: 1, when: isBooking });
    const outcome = await book(orderTo());
    assert.ok(outcome.kind === "unknown", how);
    assert.doesNotMatch(outcome.error.message, /apikey|simulated-postnord/);
  }
});

test("the check says which customer number PostNord knows", async () => {
  const { connector, wiring, simulator } = aShop();
  const said = await connector.check(wiring, directSend(simulator));
  assert.equal(said, "PostNord accepts the key and customer number 0111111118 (FI).");
});

test("a restarted simulator still holds its parcels and numbers no other alike", async () => {
  const { connector, carrier } = aShop();
  const kit = journal();
  const before = connector.simulate(kit);
  const first = await carrier.book.run({ order: orderTo() }, callTo(before));
  const after = connector.simulate(kit);
  const second = await carrier.book.run({ order: orderTo() }, callTo(after));
  assert.notEqual(first.trackingNumber, second.trackingNumber);
  assert.equal(after.records().length, 2);
  const file = await carrier.label.run({ order: orderTo(), booking: first }, callTo(after));
  assert.ok(file.size > 1000);
});

test("the test system is another host", () => {
  const { connector } = aShop({ sandbox: true });
  assert.deepEqual(connector.hosts, { api: "https://atapi2.postnord.com" });
  assert.deepEqual(connector.secrets, { apiKey: finnishSender.apiKey });
});

/** Collections that outlive their simulator as JSON text. */
function journal(): SimulatorKit {
  const texts = new Map<string, Map<string, string>>();
  return {
    now: () => new Date("2026-11-23T12:00:00Z"),
    collection: (name) => {
      const rows = texts.get(name) ?? new Map<string, string>();
      texts.set(name, rows);
      return {
        get: (id) => (rows.has(id) ? JSON.parse(rows.get(id) ?? "") : undefined),
        set: (id, value) => void rows.set(id, JSON.stringify(value)),
        delete: (id) => void rows.delete(id),
        values: () => [...rows.values()].map((row) => JSON.parse(row)),
        get size() {
          return rows.size;
        },
      };
    },
  };
}

function failure(outcome: Outcome<unknown>) {
  assert.ok(outcome.kind === "failed", outcome.kind);
  return outcome.error;
}
