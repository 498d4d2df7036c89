// Names, addresses and goods that attack whoever writes them down next: what the providers hold in the end
// (25, 35-42, 44-50, 71, 72).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { outboxOf } from "../../src/connectors/mailgun/outbox.ts";
import type { SimulatedBuyer } from "../../src/connectors/stripe/payment-spec.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { places } from "../journey/places.ts";
import { end, isOnceEverywhere, stepOf } from "./hostile-orders.ts";
import { aPayment, bodyOf, type HostileShop, openHostileShop } from "./hostile-shop.ts";

const { buyer, lines } = shoppers.finnish;

/** What one order writes everywhere, in its name, its goods, its order number and its metadata. */
const texts: readonly (readonly [number: string, what: string, text: string])[] = [
  ["35", "a script", "<script>alert(1)</script>"],
  ["36", "a template's braces", "{{7*7}} {{#each order}}x{{/each}}"],
  ["36", "a mailing list's placeholder", "%recipient.secret% %unsubscribe_url%"],
  ["42", "a chat's markup", "*_[x](tg://user?id=1) </b><a href='tg://x'>y</a>"],
  ["44", "a link of a spreadsheet", '=HYPERLINK("http://evil.example","x")'],
  ["45", "a command of a spreadsheet", "+1+cmd|' /C calc'!A0"],
  ["46", "a formula's end", "'); OR(1, ''"],
  ["47", "a search's end", "x)or(Id:not_equal:0"],
  ["48", "an SQL statement", "'; drop table orders;--"],
  ["49", "the end of a CDATA and a DTD", "]]></x><!DOCTYPE y [<!ENTITY z 'z'>]>&z;"],
];

for (const [index, place] of places.entries()) {
  describe(`hostile texts, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 7_000 + index * 300);
    });
    after(() => shop.close());

    const deliver = async (payment: SimulatedPayment) => {
      shop.record(payment);
      const answer = await shop.deliver(bodyOf(payment, "checkout.session.completed"));
      assert.equal(answer.status, 200);
      return end(shop, payment);
    };
    const bought = (id: string, more: Partial<SimulatedBuyer>, text?: string) => {
      const [first, ...others] = lines;
      const goods =
        text && first ? [{ ...first, description: text.slice(0, 200) }, ...others] : lines;
      return aPayment(id, {
        buyer: { ...buyer, email: `${id.replaceAll("_", "-")}@example.com`, ...more },
        lines: goods,
        metadata: { shop_order: `PK-${id}`, "h:X-Evil": text ?? "x", "o:tag": "x" },
      });
    };
    const heldText = (reference: string, provider: string, kind: string) =>
      JSON.stringify(shop.held(reference, provider, kind)[0]?.fields);

    describe("in a name, goods and metadata", { concurrency: 3 }, () => {
      for (const [nth, [number, what, text]] of texts.entries()) {
        test(`${number}: ${what} is text for every provider, and nothing but text`, async () => {
          const order = await deliver(bought(`text_${nth}`, { name: text }, text));
          isOnceEverywhere(shop, order);
          const { reference } = order;
          const [mail] = outboxOf(shop.sandbox.records(), reference);
          const shown = (mail?.html ?? "")
            .replaceAll(/<[^>]*>/g, "\n")
            // Breaks a placeholder, and nobody sees it.
            .replaceAll("\u2060", "")
            .replaceAll(/&(lt|gt|quot|amp|#39|#x27|#x3D|#x60);/gi, (_all, name: string) =>
              decoded(name),
            );
          assert.ok(shown.includes(text.slice(0, 20)), `the e-mail says ${text}`);
          assert.doesNotMatch(mail?.html ?? "", /<script|<a href='tg|alert\(1\)<\/script/);
          assert.ok(heldText(reference, "airtable", "row").includes(asJson(text.slice(0, 20))));
          assert.ok(heldText(reference, "netvisor", "invoice").includes(asJson(text.slice(0, 12))));
          assert.equal(
            await shop.count("orders"),
            (await shop.orders()).length,
            "48: tables are there",
          );
        });
      }
    });

    test("39: metadata that is called like a header of an e-mail becomes none", async () => {
      const order = await deliver(bought("header", {}, "evil"));
      isOnceEverywhere(shop, order);
      assert.match(JSON.stringify(order.facts), /h:X-Evil/, "it came along");
      assert.doesNotMatch(heldText(order.reference, "mailgun", "message") ?? "", /X-Evil/i);
      const sent = shop.front("mailgun").asked.filter(({ body }) => body.includes(order.reference));
      assert.ok(sent.length > 0);
      assert.ok(!sent.some(({ body }) => /X-Evil|name="o:tag"\s+x\s/i.test(body)));
    });

    const addresses = [
      ["37", "a@b.fi\r\nBcc: x@y.zz"],
      ["38", '"a,b"@x.fi, victim@y.fi'],
      ["38", "victim@y.fi, other@y.fi"],
      ["71", `${"a".repeat(50_000)}!`],
      ["71", `${"a@".repeat(25_000)}x`],
    ] as const;
    for (const [nth, [number, email]] of addresses.entries()) {
      test(`${number}: an order of ${JSON.stringify(email.slice(0, 24))} is held, and nothing is sent anywhere`, async () => {
        const order = await deliver(bought(`address_${nth}`, { email }));
        assert.equal(stepOf(order, "check")?.state, "attention");
        assert.equal(stepOf(order, "check")?.cause, "address.email_invalid");
        for (const [provider, kind] of [
          ["mailgun", "message"],
          ["postnord", "shipment"],
        ] as const) {
          assert.equal(shop.held(order.reference, provider, kind).length, 0);
        }
      });
    }

    test("40: an order number of 10 kB, turned around, makes a short and plain subject", async () => {
      const payment = bought("subject", {});
      const number = `\u202E${"\u{1F468}\u200D\u{1F469}".repeat(20)}${"x".repeat(200)}`;
      const odd: SimulatedPayment = JSON.parse(
        JSON.stringify(payment).replaceAll("PK-subject", number),
      );
      const order = await deliver(odd);
      isOnceEverywhere(shop, order);
      const [mail] = outboxOf(shop.sandbox.records(), order.reference);
      assert.ok((mail?.subject.length ?? 999) < 250);
      assert.doesNotMatch(mail?.subject ?? "\u202E", /[\u202A-\u202E\r\n]/);
    });

    const scripts: readonly (readonly [what: string, name: string])[] = [
      ["control characters and non-characters", "A\u0001\u0008\u001F\uFFFEB Kund"],
      ["right to left", "ישראל ישראלי"],
      ["Arabic with marks", "محمد العَرَبِيّ"],
      ["Han", "山田太郎"],
      ["Thai", "สมชาย ใจดี"],
      ["an emoji family", "Kund \u{1F468}\u200D\u{1F469}\u200D\u{1F467}"],
    ];
    describe("names of the world", { concurrency: 3 }, () => {
      for (const [nth, [what, name]] of scripts.entries()) {
        // A label needs Latin letters for the receiver; goods are called whatever the shop calls them.
        const buyer = nth === 0 ? { name } : {};
        test(`${nth === 0 ? "50: a name" : "72: goods"} with ${what} goes all the way`, async () => {
          const order = await deliver(bought(`script_${nth}`, buyer, name));
          isOnceEverywhere(shop, order);
          const invoice = heldText(order.reference, "netvisor", "invoice");
          assert.doesNotMatch(invoice, /\uFFFE|\\u00[01]/, "as JSON writes them");
          if (nth > 0) assert.ok(invoice.includes(name.split(" ")[0] ?? ""), invoice);
        });
        if (nth === 0) continue;
        test(`72: a receiver's name with ${what} waits for a person, and nothing is bought`, async () => {
          const order = await deliver(bought(`receiver_${nth}`, { name }));
          const cause = stepOf(order, "check")?.cause;
          assert.match(cause ?? "", /^address\.(rtl_name|unsupported_characters)$/);
          assert.equal(shop.held(order.reference, "postnord", "shipment").length, 0);
        });
      }
    });

    const odd = [
      ["a country that nobody has", { country: "XX" }, {}],
      ["a postal code of 40 characters", {}, { postalCode: "1".repeat(40) }],
      ["a postal code that repeats for ever", {}, { postalCode: `${"1 ".repeat(4000)}!` }],
    ] as const;
    for (const [nth, [what, spec, address]] of odd.entries()) {
      test(`72: an order to ${what} waits for a person, and nothing is bought`, async () => {
        const id = `odd_${nth}`;
        const payment = aPayment(id, {
          ...spec,
          buyer: {
            ...buyer,
            email: `odd-${nth}@example.com`,
            address: { ...buyer.address, ...address },
          },
        });
        const order = await deliver(payment);
        assert.equal(order.state, "attention");
        assert.equal(shop.held(order.reference, "postnord", "shipment").length, 0);
        assert.equal(shop.held(order.reference, "netvisor", "invoice").length, 0);
      });
    }

    test("72: an order of 150 kinds of goods goes all the way, each on the invoice", async () => {
      const [first] = lines;
      assert.ok(first);
      const many = Array.from({ length: 150 }, (_, nth) => ({
        ...first,
        description: `Goods ${nth}`,
        quantity: 1,
        unitAmount: 100 + nth,
        weightGrams: 10,
      }));
      const order = await deliver(aPayment("many", { lines: many }));
      isOnceEverywhere(shop, order);
      const invoice = shop.held(order.reference, "netvisor", "invoice")[0]?.fields;
      assert.equal(invoice?.sum, Number(order.total.minor));
    });
  });
}

const asJson = (text: string) => JSON.stringify(text).slice(1, -1);

function decoded(name: string): string {
  const known: Readonly<Record<string, string>> = {
    lt: "<",
    gt: ">",
    quot: '"',
    amp: "&",
    "#39": "'",
    "#x27": "'",
    "#x3d": "=",
    "#x60": "`",
  };
  return known[name.toLowerCase()] ?? "";
}
