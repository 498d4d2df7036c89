import assert from "node:assert/strict";
import { test } from "node:test";
import { mapCollection, type SimulatorKit } from "../../connector-kit/simulator.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { stripeSimulator } from "./simulator.ts";
import { verifyWebhook } from "./verify.ts";

const secret = "whsec_of_the_endpoint";

/** A kit whose collections another simulator can find again, and a clock that is held. */
function durableKit() {
  const disk = new Map<string, Map<string, unknown>>();
  const clock = { at: new Date("2026-11-18T11:06:40Z") };
  const kit: SimulatorKit = {
    now: () => clock.at,
    collection: <T>(name: string) => {
      const kept = disk.get(name) ?? new Map();
      disk.set(name, kept);
      // The name decides what a collection holds, as on disk.
      return mapCollection(kept as Map<string, T>);
    },
  };
  const pass = (ms: number) => {
    clock.at = new Date(clock.at.getTime() + ms);
  };
  return { kit, clock, pass };
}

/** Our door: verifies, and answers with the next of `statuses`, 200 when they are used up. */
function door(clock: { at: Date }, statuses: number[] = []) {
  const received: string[] = [];
  const headers: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const status = statuses.shift() ?? 200;
    if (status === 0) throw new TypeError("fetch failed");
    const header = request.headers.get("stripe-signature");
    const body = new Uint8Array(await request.arrayBuffer());
    const result = verifyWebhook(body, header, clock.at, [secret]);
    assert.equal(result.kind, "event", JSON.stringify(result));
    if (result.kind === "event" && status === 200) received.push(result.event.id);
    headers.push(header ?? "");
    return new Response(null, {
      status,
      ...(status === 302 ? { headers: { location: "/" } } : {}),
    });
  };
  return { fetch, received, headers };
}

const eventIds = [
  "evt_1ChargeSucceeded",
  "evt_1Completed",
  "evt_1PiSucceeded",
  "evt_1PiSucceededDUP",
];

test("every event arrives, signed, and is not sent again", async () => {
  const { kit, clock } = durableKit();
  const simulator = stripeSimulator(kit);
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const { fetch, received } = door(clock);
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret,
    fetch,
    now: kit.now,
  });
  assert.equal((await pump.flush()).length, 4);
  assert.deepEqual(received.toSorted(), eventIds);
  assert.equal((await pump.flush()).length, 0);
  assert.deepEqual(
    pump
      .acknowledged()
      .map((a) => a.eventId)
      .toSorted(),
    eventIds,
  );
});

test("errors, redirects and silence are retried with growing patience, each time signed anew", async () => {
  const { kit, clock, pass } = durableKit();
  const simulator = stripeSimulator(kit);
  simulator.record(scenarioPayment("order-free-100pct"));
  const { fetch, received, headers } = door(clock, [503, 302, 0, 404]);
  const seen: (number | undefined)[] = [];
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret,
    fetch,
    now: kit.now,
    onDelivery: ({ status }) => seen.push(status),
  });
  for (const wait of [0, 1_000, 2_000, 4_000, 8_000]) {
    pass(wait - 1);
    assert.equal((await pump.flush()).length, 0, `nothing is due before ${wait} ms`);
    pass(1);
    assert.equal((await pump.flush()).length, 1);
  }
  assert.deepEqual(seen, [503, 302, undefined, 404, 200]);
  assert.deepEqual(received, ["evt_1Free"]);
  assert.equal(new Set(headers).size, headers.length);
  assert.equal(pump.acknowledged()[0]?.attempts, 5);
});

test("what was not acknowledged goes on after a kill; what was, is known", async () => {
  const { kit, clock, pass } = durableKit();
  const first = stripeSimulator(kit);
  first.record(scenarioPayment("order-eur-inclusive"));
  const half = door(clock, [200, 200, 500, 500]);
  const options = { url: "http://door.test/", secret, now: kit.now, concurrent: 1 };
  await deliverWebhooks(first, { ...options, fetch: half.fetch }).flush();
  assert.equal(half.received.length, 2);

  const second = stripeSimulator(kit);
  second.record(scenarioPayment("order-eur-inclusive"));
  const rest = door(clock);
  const pump = deliverWebhooks(second, { ...options, fetch: rest.fetch });
  assert.equal(pump.acknowledged().length, 2);
  pass(1_000);
  await pump.flush();
  assert.deepEqual([...half.received, ...rest.received].toSorted(), eventIds);
});

test("an event can come twice, late, and under another id", async () => {
  const { kit, clock, pass } = durableKit();
  const simulator = stripeSimulator(kit);
  const payment = scenarioPayment("order-free-100pct");
  const deliver = { times: 2, afterMs: 5_000, alsoAs: ["evt_twin"] };
  simulator.record({ ...payment, events: payment.events.map((e) => ({ ...e, deliver })) });
  const { fetch, received } = door(clock);
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret,
    fetch,
    now: kit.now,
  });
  await pump.flush();
  assert.deepEqual(received, []);
  pass(5_000);
  await pump.flush();
  assert.deepEqual(received.toSorted(), ["evt_1Free", "evt_1Free", "evt_twin"]);
});

test("a delayed payment is announced when it has happened, and is paid from then on", async () => {
  const { kit, clock, pass } = durableKit();
  const simulator = stripeSimulator(kit);
  simulator.record(scenarioPayment("order-async-sepa"));
  const { fetch, received } = door(clock);
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret,
    fetch,
    now: kit.now,
  });
  await pump.flush();
  assert.deepEqual(received, ["evt_1AsyncCompleted"]);
  pass(3_000);
  await pump.flush();
  assert.deepEqual(received, ["evt_1AsyncCompleted", "evt_1AsyncOk"]);
});

test("snapshot and thin events come from endpoints with secrets of their own, through one door", async () => {
  const secrets = ["whsec_of_snapshots", "whsec_of_thin_ones"];
  const seen: unknown[] = [];
  for (const [index, scenario] of (["order-eur-inclusive", "thin"] as const).entries()) {
    const { kit, clock } = durableKit();
    const simulator = stripeSimulator(kit);
    simulator.record(scenarioPayment(scenario));
    const fetch = async (request: Request): Promise<Response> => {
      const header = request.headers.get("stripe-signature");
      const body = new Uint8Array(await request.arrayBuffer());
      const only = verifyWebhook(body, header, clock.at, secrets.toSpliced(index, 1));
      assert.equal(only.kind, "refused", "the other endpoint's secret alone does not open");
      const result = verifyWebhook(body, header, clock.at, secrets);
      if (result.kind === "event") seen.push([result.event.type, result.event.objectId]);
      return new Response(null, { status: result.kind === "event" ? 200 : 400 });
    };
    const secret = secrets[index] ?? "";
    await deliverWebhooks(simulator, {
      url: "http://door.test/",
      secret,
      fetch,
      now: kit.now,
    }).flush();
  }
  const news = JSON.stringify(["payment_intent.succeeded", "pi_3EurIncl"]);
  assert.equal(seen.filter((one) => JSON.stringify(one) === news).length, 3);
  assert.equal(seen.length, 5);
});

test("while a secret is rolled both sign, and the pump runs until it is stopped", async () => {
  const { kit, clock } = durableKit();
  const simulator = stripeSimulator(kit);
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const { fetch, received, headers } = door(clock);
  const secrets = ["whsec_older", secret];
  const stop = new AbortController();
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret: secrets,
    fetch,
    now: kit.now,
    onDelivery: () => received.length === 4 && stop.abort(),
  });
  await pump.run(stop.signal);
  assert.deepEqual(received.toSorted(), eventIds);
  assert.match(headers[0] ?? "", /^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
});
