// The whole way, through every provider over real HTTP: judged by what the providers hold.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { listOrders, type OrderGlance, showOrder } from "../../src/ledger/list-orders.ts";
import { type DemoOrder, demoOrders } from "../../src/sandbox/demo-orders.ts";
import { playDemo } from "../../src/sandbox/play-demo.ts";
import { openSandbox, type Sandbox, type SandboxRecord } from "../../src/sandbox/sandbox.ts";
import { scoreOf } from "../../src/sandbox/score.ts";
import { readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";
import { places } from "./places.ts";

for (const [index, place] of places.entries()) {
  describe(`the demo's 24 orders, ${place.name}`, () => {
    let ordna: Ordna;
    let sandbox: Sandbox;
    let orders: readonly OrderGlance[];
    let remove: () => Promise<void>;
    let demo: readonly DemoOrder[];

    before(async () => {
      const home = await place.settle(16_000 + index * 300);
      remove = home.remove;
      const { config, settings } = await loadConfig(readSettings(home.env));
      sandbox = await openSandbox(config, settings);
      ordna = await startOrdna({
        config,
        settings,
        role: "all",
        sandbox,
        simulators: sandbox.simulators,
        onError: (error) => assert.fail(String(error)),
      });
      sandbox.deliverTo(ordna.url ?? "");
      demo = demoOrders("journey", new Date());
      const stage = {
        sandbox,
        store: "pikkuna",
        orders: async () => (await listOrders(ordna.db, { limit: 200 })).orders,
        onScene: () => {},
      };
      orders = (await playDemo(stage, demo, 240_000)).orders;
    });

    after(async () => {
      await sandbox.stopDelivering();
      await ordna.close();
      await sandbox.close();
      await remove();
    });

    test("nothing is lost and nothing is done twice", () => {
      const { score, findings } = scoreOf(demo, orders, sandbox.records());
      const { p50_ms, p95_ms, ...counted } = score;
      assert.deepEqual(findings, []);
      const expected = { orders: 24, done: 23, attention: 1, waiting: 0, lost: 0, duplicates: 0 };
      assert.deepEqual(counted, expected);
      assert.ok(p50_ms > 0 && p95_ms >= p50_ms);
    });

    test("every invoice is what was paid, to the cent", () => {
      for (const order of done()) {
        const invoice = held(order.reference, "netvisor", "invoice");
        assert.equal(invoice.fields.sum, Number(order.total.minor), order.reference);
        assert.equal(invoice.fields.openSum, 0, `${order.reference} is paid in the books`);
      }
    });

    test("the customer's message is in the customer's language, with parcel and invoice", () => {
      const words = {
        fi: "Kiitos",
        sv: "Tack",
        et: "Täname",
        de: "vielen Dank",
        "en-GB": "Thank you",
      };
      const heard = new Set<string>();
      for (const order of done()) {
        const message = held(order.reference, "mailgun", "message");
        const parcel = held(order.reference, "postnord", "shipment");
        const text = JSON.stringify(message.fields);
        const word = words[order.locale as keyof typeof words];
        assert.ok(word && text.includes(word), `${order.locale}: ${text.slice(0, 300)}`);
        assert.ok(text.includes(parcel.id), "the tracking number is in the message");
        assert.match(text, /invoice-\d+\.pdf/);
        heard.add(order.locale);
      }
      assert.equal(heard.size, 5);
    });

    test("CRM and production log know parcel and invoice", () => {
      for (const order of done()) {
        const parcel = held(order.reference, "postnord", "shipment");
        for (const [provider, kind] of [
          ["zoho", "deal"],
          ["airtable", "row"],
        ] as const) {
          const text = JSON.stringify(held(order.reference, provider, kind).fields);
          assert.ok(text.includes(parcel.id), `${provider} knows ${parcel.id}: ${text}`);
        }
      }
    });

    test("the order that PostNord refuses stops there, tells a person once, and nothing else waits", () => {
      const refused = demo.find((order) => order.mood);
      const order = orders.find((o) => o.reference === refused?.reference);
      assert.equal(order?.state, "attention");
      const states = Object.fromEntries(order.steps.map((s) => [s.name, s.state]));
      assert.equal(states.booking, "attention");
      assert.equal(states.deal, "done");
      assert.equal(states["production-row"], "done");
      assert.equal(states.invoice, "blocked");
      const alerts = sandbox.records().filter((r) => r.kind === "alert");
      assert.deepEqual(
        alerts.map((alert) => alert.reference),
        [order.reference],
      );
    });

    test("a lost answer is looked up and the record kept, not made again", async () => {
      const lost = demo.find((order) => order.fault?.provider === "postnord");
      const detail = await showOrder(ordna.db, lost?.reference ?? "");
      const booking = detail?.happenings.filter((h) => h.step === "booking") ?? [];
      assert.deepEqual(
        booking.map((h) => h.outcome),
        ["unknown", "found"],
      );
    });

    test("a duplicate delivery is counted and does nothing", async () => {
      const thrice = demo.find((order) => order.name === "the same webhook three times");
      assert.ok(thrice);
      // Stripe delivers at least three times. Redis may remember the first, and then the ledger is not asked.
      const least = ordna.queueKind === "redis" ? 1 : 3;
      const counts = async () =>
        (await showOrder(ordna.db, thrice.reference))?.events.map((event) => event.deliveries);
      const endsAt = performance.now() + 60_000;
      for (;;) {
        const counted = (await counts()) ?? [];
        if (counted.length > 0 && counted.every((deliveries) => deliveries >= least)) break;
        assert.ok(performance.now() < endsAt, `counted ${counted}`);
        await sleep(100);
      }
      held(thrice.reference, "zoho", "deal");
      held(thrice.reference, "airtable", "row");
      held(thrice.reference, "postnord", "shipment");
      held(thrice.reference, "netvisor", "invoice");
      held(thrice.reference, "mailgun", "message");
    });

    function done() {
      return orders.filter((order) => order.state === "done");
    }

    function held(reference: string, provider: string, kind: string): SandboxRecord {
      const found = sandbox
        .records()
        .filter((r) => r.provider === provider && r.kind === kind && r.reference === reference);
      assert.equal(found.length, 1, `${kind} of ${reference} at ${provider}`);
      return found[0] ?? assert.fail();
    }
  });
}
