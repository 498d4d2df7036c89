// HTTP 200 that says nothing, laughs or never ends, through the real connectors over real HTTP (51-55).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { places } from "../journey/places.ts";
import {
  asks,
  booking,
  html,
  isOnceEverywhere,
  json,
  outcomes,
  payAndEnd,
  xml,
} from "./hostile-orders.ts";
import { type HostileShop, openHostileShop } from "./hostile-shop.ts";
import type { Answer } from "./impostor.ts";

/** HTTP 200 that says nothing: a log-in page, nothing at all, the first half. */
const nothings: readonly (readonly [what: string, answer: (honest: string) => Answer])[] = [
  ["a log-in page", () => html],
  ["an empty body", () => ({ body: "" })],
  ["half of its answer", (honest) => ({ headers: json, body: honest.slice(0, honest.length / 2) })],
];

/** Every change that an order makes at a provider. */
const changes = [
  ["zoho", /\/Contacts\/upsert$/],
  ["zoho", /\/Deals\/upsert$/],
  ["zoho", /\/Deals\/\d+$/],
  ["airtable", /^\/v0\//],
  ["postnord", /\/v3\/edi\?/],
  ["postnord", /\/labels\/ids\/pdf\?/],
  ["netvisor", /\/customer\.nv/],
  ["netvisor", /\/salesinvoice\.nv/],
  ["netvisor", /\/salespayment\.nv/],
  ["mailgun", /\/messages$/],
] as const;

for (const [index, place] of places.entries()) {
  describe(`answers that say nothing, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 11_200 + index * 300);
    });
    after(() => shop.close());

    for (const [nth, [what, answer]] of nothings.entries()) {
      test(`53: every provider answers every change with HTTP 200 and ${what}: never taken for done, and never done twice`, async () => {
        const lies = changes.map(([provider, path]) =>
          shop.front(provider).lie({
            when: ({ method, path: asked }) => method !== "GET" && path.test(asked),
            times: 1,
            isAfterWork: true,
            answer: (_asked, honest) => answer(honest),
          }),
        );
        const order = await payAndEnd(shop, `nothing_${nth}`);
        assert.deepEqual(
          lies.map(({ times }) => times),
          lies.map(() => 0),
          "every change was answered with nothing once",
        );
        isOnceEverywhere(shop, order);
        for (const step of ["contact", "deal", "production-row", "booking", "invoice", "payment"]) {
          assert.equal(outcomes(order, step)[0], "unknown", step);
        }
      });

      test(`53: every provider answers every question with HTTP 200 and ${what}: asked again, nothing in doubt`, async () => {
        const fronts = ["stripe", "netvisor", "zoho"].map((provider) =>
          shop.front(provider).lie({
            when: ({ method }) => method === "GET",
            times: 1,
            isAfterWork: true,
            answer: (_asked, honest) => answer(honest),
          }),
        );
        const order = await payAndEnd(shop, `question_${nth}`);
        assert.equal(fronts[0]?.times, 0, "Stripe was asked");
        isOnceEverywhere(shop, order);
        for (const front of fronts) front.times = 0;
      });
    }

    const poisons = [
      [
        "51: an answer of Netvisor that names a file of ours as an entity",
        '<?xml version="1.0"?><!DOCTYPE foo [<!ENTITY x SYSTEM "file:///etc/passwd">]><Root><ResponseStatus><Status>OK</Status></ResponseStatus><Replies><InsertedDataIdentifier>&x;</InsertedDataIdentifier></Replies></Root>',
      ],
      [
        "52: an answer of Netvisor that laughs a billion times",
        `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "lol">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join("")}]><Root>&a30;</Root>`,
      ],
    ] as const;
    for (const [nth, [name, body]] of poisons.entries()) {
      test(`${name} is no answer: the invoice is looked for and found`, async () => {
        shop.front("netvisor").lie({
          when: asks("POST", /\/salesinvoice\.nv/),
          times: 1,
          isAfterWork: true,
          answer: () => ({ headers: xml, body }),
        });
        const order = await payAndEnd(shop, `poison_${nth}`);
        isOnceEverywhere(shop, order);
        assert.deepEqual(outcomes(order, "invoice"), ["unknown", "found"]);
        const said = order.happenings.find((h) => h.outcome === "unknown")?.message ?? "";
        assert.match(said, /declares a document type/);
        assert.doesNotMatch(JSON.stringify(order), /root:x:0|lollol/);
      });
    }

    for (const [nth, body] of ['{"bookingId":"b1","idInformation":[]}', "{}", "[]"].entries()) {
      test(`54: PostNord books nothing and says ${body}: one look before each new try, one parcel`, async () => {
        const asked = shop.front("postnord").asked;
        const begun = asked.length;
        const lie = shop
          .front("postnord")
          .lie({ when: booking, times: 2, answer: () => ({ headers: json, body }) });
        const order = await payAndEnd(shop, `empty_booking_${nth}`);
        assert.equal(lie.times, 0);
        isOnceEverywhere(shop, order);
        const kinds = asked.slice(begun).flatMap((one) => {
          if (booking(one)) return "book";
          return one.path.includes("/trackandtrace/") ? "look" : [];
        });
        assert.deepEqual(kinds, ["book", "look", "book", "look", "book"]);
      });
    }

    test("55: an answer without end is cut at 10 MiB, and the parcel that was booked is found", async () => {
      const chunk = Buffer.alloc(1024 * 1024, "x");
      let poured = 0;
      shop.front("postnord").lie({
        when: booking,
        times: 1,
        isAfterWork: true,
        answer: () => ({
          headers: json,
          write: (response) => {
            const pour = () => {
              if (response.destroyed) return;
              poured += chunk.length;
              response.write(chunk, pour);
            };
            pour();
          },
        }),
      });
      const order = await payAndEnd(shop, "endless");
      isOnceEverywhere(shop, order);
      assert.deepEqual(outcomes(order, "booking"), ["unknown", "found"]);
      assert.ok(poured < 64 * chunk.length, `${poured} bytes were poured`);
    });
  });
}
