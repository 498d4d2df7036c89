// Answers that speak of another order, and words that nobody should read (62-64).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { places } from "../journey/places.ts";
import {
  asks,
  booking,
  end,
  html,
  isOnceEverywhere,
  json,
  outcomes,
  payAndEnd,
  stepOf,
  xml,
} from "./hostile-orders.ts";
import {
  aPayment,
  bodyOf,
  type HostileShop,
  openHostileShop,
  referenceOf,
} from "./hostile-shop.ts";

for (const [index, place] of places.entries()) {
  describe(`answers about another order, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 13_000 + index * 300);
    });
    after(() => shop.close());

    test("62: a parcel that serves another order already is left alone, and a person is told", async () => {
      let first = "";
      const remember = shop.front("postnord").lie({
        when: booking,
        times: 1,
        isAfterWork: true,
        answer: (_asked, honest) => {
          first = honest;
          return { headers: json, body: honest };
        },
      });
      const earlier = await payAndEnd(shop, "mine");
      assert.equal(remember.times, 0);
      isOnceEverywhere(shop, earlier);
      const payment = shop.record(aPayment("yours"));
      const reference = referenceOf(payment);
      shop.front("postnord").lie({
        when: booking,
        times: 1,
        isAfterWork: true,
        // The parcel of the earlier order under this order's reference.
        answer: () => ({ headers: json, body: first.replaceAll(earlier.reference, reference) }),
      });
      await shop.deliver(bodyOf(payment, "checkout.session.completed"));
      const order = await end(shop, payment);
      assert.equal(stepOf(order, "booking")?.state, "attention");
      assert.equal(stepOf(order, "booking")?.cause, "record.exists_differently");
      assert.equal(stepOf(order, "label")?.state, "blocked", "its label is not printed");
      const { rows } = await shop.ordna.db.query("select 1 from alert where reference = $1", [
        reference,
      ]);
      assert.equal(rows.length, 1);
      assert.deepEqual(
        (await end(shop, { ...payment, id: aPayment("mine").id })).outputs,
        earlier.outputs,
      );
    });

    const echoes = [
      ["PostNord", "postnord", booking, "booking"],
      ["Airtable", "airtable", asks("PATCH", /^\/v0\//), "production-row"],
      ["Netvisor", "netvisor", asks("GET", /\/getsalesinvoice\.nv.*nopdf/), "invoice"],
    ] as const;
    for (const [name, provider, when, step] of echoes) {
      test(`63: ${name} answers with another order's reference: not believed, and looked at again`, async () => {
        const lie = shop.front(provider).lie({
          when,
          times: 1,
          isAfterWork: true,
          answer: (_asked, honest) => ({
            headers: provider === "netvisor" ? xml : json,
            body: honest
              .replaceAll(/"[0-9A-Z]{14}"/g, '"ZZZZZZZZZZZZZZ"')
              .replaceAll(/(<SalesInvoiceReferencenumber[^>]*>)\d+/g, "$11000000000000000016"),
          }),
        });
        const order = await payAndEnd(shop, `echo_${provider}`);
        assert.equal(lie.times, 0);
        assert.equal(outcomes(order, step)[0], "unknown");
        isOnceEverywhere(shop, order);
      });
    }

    test("63: Stripe answers with another session: no order is made of it", async () => {
      const other = shop.record(aPayment("other_session"));
      const lie = shop.front("stripe").lie({
        when: asks("GET", /checkout\/sessions/),
        times: 1,
        isAfterWork: true,
        answer: (_asked, honest) => ({
          headers: json,
          body: honest.replaceAll(/cs_\w+/g, other.id),
        }),
      });
      const order = await payAndEnd(shop, "asked_session");
      assert.equal(lie.times, 0);
      isOnceEverywhere(shop, order);
      assert.equal(shop.held(referenceOf(other), "postnord", "shipment").length, 0);
    });

    test("63: an invoice of our reference with another sum than was paid is for a person", async () => {
      const front = shop.front("netvisor");
      front.lie({
        when: asks("POST", /\/salesinvoice\.nv/),
        times: 1,
        isAfterWork: true,
        answer: () => html,
      });
      const lie = front.lie({
        when: asks("GET", /\/salesinvoicelist\.nv/),
        times: 1,
        isAfterWork: true,
        answer: (_asked, honest) => ({
          headers: xml,
          body: honest.replaceAll(/<InvoiceSum>[^<]*/g, "<InvoiceSum>1,00"),
        }),
      });
      const order = await payAndEnd(shop, "other_sum");
      assert.equal(lie.times, 0);
      assert.equal(stepOf(order, "invoice")?.state, "attention");
      assert.equal(stepOf(order, "invoice")?.cause, "invoice.total_differs");
      assert.equal(shop.held(order.reference, "netvisor", "invoice").length, 1);
    });

    test("64: a provider's words with our key, colours, line ends and a megabyte are kept short and clean", async () => {
      const key = shop.secretOf("postnord", "apiKey");
      const ansi = "\u001b[31mred\u001b[0m\u0007\u202e";
      const message = `Refused ${key}\n{"level":60,"msg":"forged"}\r\n${ansi} Bearer abcdefghijklmnop buyer: `;
      shop.front("postnord").lie({
        when: booking,
        times: 1,
        answer: ({ path, body }) => {
          const compositeFault = {
            faults: [
              { explanationText: `${message}${path} ${body.slice(0, 3000)}${"x".repeat(1 << 20)}` },
            ],
          };
          return {
            status: 400,
            headers: json,
            body: JSON.stringify({ message: "no", compositeFault }),
          };
        },
      });
      const order = await payAndEnd(shop, "words");
      const told = stepOf(order, "booking")?.message ?? "";
      assert.match(told, /Refused \[secret\]/);
      assert.ok(told.length <= 2000);
      const { rows } = await shop.ordna.db.query(
        "select lines, title from alert where reference = $1",
        [order.reference],
      );
      const alerts = shop.sandbox.records().filter((r) => r.kind === "alert");
      const everywhere = JSON.stringify([order.steps, order.happenings, rows, alerts]);
      assert.ok(everywhere.includes("Refused [secret]"));
      assert.ok(!everywhere.includes(key), "the key");
      assert.doesNotMatch(everywhere, /abcdefghijklmnop|\\u001b|\\u0007|\u202e|\\nforged|\\r/);
      assert.doesNotMatch(everywhere, /Ostäjä|words@example|4012345|Hämeenkatu/);
    });
  });
}
