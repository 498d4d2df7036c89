// Stripe's door of a running Ordna: forged, odd and crowded deliveries (1-8, 12-17, 21-27).
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { places } from "../journey/places.ts";
import {
  aPayment,
  bodyOf,
  type HostileShop,
  isSettled,
  openHostileShop,
  referenceOf,
} from "./hostile-shop.ts";

const completed = "checkout.session.completed";
const succeeded = "payment_intent.succeeded";

for (const [index, place] of places.entries()) {
  describe(`Stripe's door, ${place.name}`, () => {
    let shop: HostileShop;

    before(async () => {
      shop = await openHostileShop(place, 10_400 + index * 300);
    });
    after(() => shop.close());

    const now = () => Math.floor(Date.now() / 1000);
    const anEvent = (id: string, more: Readonly<Record<string, unknown>> = {}) =>
      JSON.stringify({
        id,
        object: "event",
        type: "brand.new_thing",
        created: now(),
        livemode: false,
        api_version: "2026-10-28.endive",
        data: { object: { id: "pi_nobody", object: "payment_intent" } },
        ...more,
      });
    const hmac = (text: string) =>
      createHmac("sha256", shop.webhookSecret).update(text).digest("hex");
    const hex = (body: string, t = now()) => hmac(`${t}.${body}`);

    async function isRefused(body: string, signature: string | null, status = 400): Promise<void> {
      const before = await shop.count("event");
      const answer = await shop.deliver(body, signature);
      assert.equal(answer.status, status);
      assert.doesNotMatch(
        await answer.text(),
        /whsec|t=|v1=|old|future/,
        "a forger learns nothing",
      );
      assert.equal(await shop.count("event"), before, "nothing is stored");
    }

    const forged: readonly (readonly [name: string, signature: (body: string) => string | null])[] =
      [
        ["1: a delivery without a signature is refused and not stored", () => null],
        [
          "2: a signature with one bit off is refused",
          (body) => shop.sign(body).replace(/.$/, (last) => (last === "0" ? "1" : "0")),
        ],
        ["3: a signature of 301 seconds ago is refused", (body) => shop.sign(body, now() - 301)],
        ["4: a signature from an hour ahead is refused", (body) => shop.sign(body, now() + 3600)],
        [
          "5: a time that is no number is refused although it is signed so",
          (body) => `t=abc,v1=${hmac(`NaN.${body}`)}`,
        ],
        ["6: a header with two times is refused", (body) => `t=1,${shop.sign(body)}`],
        ["7a: a header with v0 alone is refused", (body) => `t=${now()},v0=${hex(body)}`],
        [
          "7b: a signature in capitals is refused",
          (body) => `t=${now()},v1=${hex(body).toUpperCase()}`,
        ],
        [
          "7c: a signature of 63 digits is refused",
          (body) => `t=${now()},v1=${hex(body).slice(1)}`,
        ],
        [
          "8: a header with fifty signatures is refused, the right one among them",
          (body) => `${shop.sign(body)}${`,v1=${"a".repeat(64)}`.repeat(49)}`,
        ],
      ];
    for (const [name, signature] of forged) {
      test(name, async () => {
        const body = anEvent("evt_forged");
        await isRefused(body, signature(body));
      });
    }

    test("8: 200,000 signatures end at the server's limit for headers", async () => {
      const { text } = await shop.talk(
        `POST /webhooks/stripe/pikkuna HTTP/1.1\r\nHost: 127.0.0.1\r\nStripe-Signature: t=1${`,v1=${"a".repeat(64)}`.repeat(200_000)}\r\nContent-Length: 0\r\n\r\n`,
      );
      assert.match(text, /^(HTTP\/1\.1 431 |$)/);
      assert.equal((await fetch(`${shop.url}/healthz`)).status, 200);
    });

    test("12: a body that was written anew with other spaces is refused", async () => {
      const body = anEvent("evt_spaced");
      await isRefused(JSON.stringify(JSON.parse(body), null, 1), shop.sign(body));
    });

    const whole = anEvent("evt_unreadable");
    const deep = `{"object":"event","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    const unreadable: readonly (readonly [name: string, body: string])[] = [
      ["13: a signed body with a byte order mark is quarantined", `\uFEFF${whole}`],
      ["14: a signed body that is no JSON is quarantined", "hello"],
      ["14: a signed body that was cut short is quarantined", whole.slice(0, 80)],
      [
        "23: an event of a year that no integer holds is quarantined",
        whole.replace(/"created":\d+/, '"created":9007199254740993'),
      ],
      [
        "23: an event of year infinity is quarantined",
        whole.replace(/"created":\d+/, '"created":1e400'),
      ],
      ["27: a signed body of 200,000 nested arrays is quarantined", deep],
    ];
    for (const [name, body] of unreadable) {
      test(`${name} under its digest, answered 200, and a person is told once`, async () => {
        const alerts = await shop.count("alert");
        for (const _again of [1, 2]) assert.equal((await shop.deliver(body)).status, 200);
        const id = `sha256:${createHash("sha256").update(body).digest("hex")}`;
        const kept = await shop.event(id);
        assert.equal(kept?.disposition, "quarantined");
        assert.equal(kept?.deliveries, 2);
        assert.equal(Buffer.from(kept?.body ?? []).toString(), body, "byte for byte");
        assert.equal(await shop.count("alert"), alerts + 1);
      });
    }

    test("15: the same event in 20 deliveries at once is 20 times 200 and one order", async () => {
      const payment = shop.record(aPayment("crowd"));
      const body = bodyOf(payment, completed);
      const answers = await Promise.all(Array.from({ length: 20 }, () => shop.deliver(body)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        Array.from({ length: 20 }, () => 200),
      );
      await isOnce(payment);
    });

    test("16: one payment under two event ids and two types at once is one order", async () => {
      const payment = shop.record(aPayment("twins"));
      const body = bodyOf(payment, completed);
      const twin = JSON.stringify({ ...JSON.parse(body), id: "evt_a_twin" });
      await Promise.all([body, twin, bodyOf(payment, succeeded)].map((one) => shop.deliver(one)));
      await isOnce(payment);
      assert.match((await shop.event("evt_a_twin"))?.disposition ?? "", /^(joined|opened)$/);
    });

    test("17: the charge before its payment is one order, and nothing went wrong", async () => {
      const payment = shop.record(aPayment("early_charge"));
      const errors = shop.errors.length;
      await shop.deliver(bodyOf(payment, "charge.succeeded"));
      await shop.deliver(bodyOf(payment, succeeded));
      await isOnce(payment);
      assert.equal(shop.errors.length, errors);
    });

    /** The order goes all the way, and the providers hold one of each. */
    async function isOnce(payment: ReturnType<typeof aPayment>): Promise<void> {
      const reference = referenceOf(payment);
      assert.equal((await shop.orderWhen(reference, isSettled)).state, "done");
      for (const [provider, kind] of [
        ["postnord", "shipment"],
        ["netvisor", "invoice"],
        ["mailgun", "message"],
        ["zoho", "deal"],
        ["airtable", "row"],
      ] as const) {
        assert.equal(shop.held(reference, provider, kind).length, 1, `${kind} at ${provider}`);
      }
    }

    const strangers = [
      ["19: an event of live money", { livemode: true }, /live event/],
      ["20: an event of another account", { account: "acct_other" }, /acct_other/],
      ["21: an event of a type that nobody knows", {}, /opens no order/],
    ] as const;
    for (const [name, more, why] of strangers) {
      test(`${name} is recorded and ignored, with the reason`, async () => {
        const type = name.startsWith("21") ? "brand.new_thing" : succeeded;
        const id = `evt_stranger_${name.slice(0, 2)}`;
        const orders = await shop.count("orders");
        assert.equal((await shop.deliver(anEvent(id, { type, ...more }))).status, 200);
        const kept = await until(async () => {
          const event = await shop.event(id);
          return event?.disposition === "ignored" ? event : undefined;
        });
        assert.match(kept.reason ?? "", why);
        assert.equal(await shop.count("orders"), orders);
      });
    }

    test("21: an event of an API version yet to come opens its order", async () => {
      const payment = shop.record(aPayment("zeppelin"));
      const event = {
        ...JSON.parse(bodyOf(payment, completed)),
        api_version: "2031-01-01.zeppelin",
      };
      await shop.deliver(JSON.stringify(event));
      await isOnce(payment);
    });

    test("22: of two ids in one event the last counts, and the body is kept as it came", async () => {
      const body = anEvent("evt_a").replace('{"id":"evt_a"', '{"id":"evt_a","id":"evt_b"');
      assert.equal((await shop.deliver(body)).status, 200);
      assert.equal(await shop.event("evt_a"), undefined);
      assert.equal(Buffer.from((await shop.event("evt_b"))?.body ?? []).toString(), body);
    });

    const lies = ["9007199254740993", "-1", "1e400", '"12"', "0.1"];
    test("23: amounts in an event are never believed: the order has what Stripe itself answers", async () => {
      for (const [nth, lie] of lies.entries()) {
        const payment = shop.record(aPayment(`lie_${nth}`));
        const body = bodyOf(payment, completed).replaceAll(
          /"amount_total":\d+/g,
          `"amount_total":${lie}`,
        );
        assert.ok(body.includes(`"amount_total":${lie}`));
        assert.equal((await shop.deliver(body)).status, 200);
        const order = await shop.orderWhen(referenceOf(payment), isSettled);
        assert.deepEqual(order.total, { minor: String(payment.amount), currency: "EUR" });
      }
    });

    for (const lie of lies) {
      test(`23: an order that Stripe itself says is ${lie} never becomes an invoice`, async () => {
        const id = `odd_${createHash("sha256").update(lie).digest("hex").slice(0, 6)}`;
        const payment = shop.record(aPayment(id));
        // 1e400 is no JSON number that a simulator could hold, so the answer on the wire is changed.
        const isIts = (path: string) => path.includes(payment.id);
        shop.front("stripe").lie({
          when: ({ path }) => isIts(path),
          times: Number.POSITIVE_INFINITY,
          isAfterWork: true,
          answer: (_asked, honest) => ({
            headers: { "content-type": "application/json" },
            body: honest.replaceAll(/"amount_total": ?\d+/g, `"amount_total":${lie}`),
          }),
        });
        await shop.deliver(bodyOf(payment, completed));
        const { id: eventId } = JSON.parse(bodyOf(payment, completed));
        await until(async () => {
          const event = await shop.event(eventId);
          const order = (await shop.orders()).find((o) => o.reference === referenceOf(payment));
          return event?.disposition === "quarantined" ||
            event?.reason ||
            order?.state === "attention"
            ? true
            : undefined;
        });
        assert.equal(shop.held(referenceOf(payment), "netvisor", "invoice").length, 0);
        assert.equal(shop.held(referenceOf(payment), "postnord", "shipment").length, 0);
      });
    }

    // What was half a character cannot be printed on a label: a person is asked who it is.
    for (const [what, name, sent, made, ends] of [
      ["24: NUL", "Testi\\u0000 Ostäjä", /\\u0000/, /Testi Ostäjä/, "done"],
      ["25: half a character", "Testi \\ud800Ostäjä", /\\ud800/, /Testi \uFFFD/, "attention"],
    ] as const) {
      test(`${what} in a name: the order is made without it, the event kept with it`, async () => {
        const json = JSON.stringify(aPayment(what.slice(0, 2)));
        const odd = JSON.parse(json.replaceAll("Testi Ostäjä", name));
        shop.record(odd);
        assert.equal((await shop.deliver(bodyOf(odd, completed))).status, 200);
        const order = await shop.orderWhen(referenceOf(odd), isSettled);
        assert.equal(order.state, ends);
        assert.match(JSON.stringify(order.facts), made);
        const kept = await shop.event(JSON.parse(bodyOf(odd, completed)).id);
        assert.match(Buffer.from(kept?.body ?? []).toString(), sent);
      });
    }

    test("26: poisoned keys in the metadata reach no object of ours", async () => {
      const json = JSON.stringify(aPayment("poison"));
      const poison = '"metadata":{"__proto__":"polluted","constructor":"x","prototype":"y",';
      const poisoned = JSON.parse(json.replaceAll('"metadata":{"', `${poison}"`));
      assert.match(JSON.stringify(poisoned), /"__proto__":"polluted"/);
      shop.record(poisoned);
      await shop.deliver(bodyOf(poisoned, completed));
      const order = await shop.orderWhen(referenceOf(poisoned), isSettled);
      assert.equal(order.state, "done");
      assert.doesNotMatch(JSON.stringify(order.facts), /polluted|__proto__|constructor/);
      assert.equal(Reflect.get({}, "polluted"), undefined);
    });
  });
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const endsAt = performance.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > endsAt) throw new Error("It never happened.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
