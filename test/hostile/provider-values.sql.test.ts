// Labels, tracking numbers, links, redirects and waits that a hostile provider makes up (41, 56, 57, 60, 61).
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { outboxOf } from "../../src/connectors/mailgun/outbox.ts";
import { places } from "../journey/places.ts";
import {
  asks,
  booking,
  bookingOf,
  isOnceEverywhere,
  json,
  outcomes,
  pay,
  payAndEnd,
  stepOf,
} from "./hostile-orders.ts";
import { type HostileShop, openHostileShop, referenceOf } from "./hostile-shop.ts";

for (const [index, place] of places.entries()) {
  describe(`values that providers make up, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 12_000 + index * 300);
    });
    after(() => shop.close());

    const zip = Buffer.from("PK\u0003\u0004 not a label").toString("base64");
    const labels: readonly (readonly [what: string, data: string])[] = [
      ["a web page", Buffer.from("<html><script>alert(1)</script>").toString("base64")],
      ["a zip file", zip],
      ["a web page with a PDF behind it", Buffer.from("<html>%PDF-1.4").toString("base64")],
      ["no base64", "***** <script> *****"],
      ["nothing", ""],
      [
        "a PDF of 6 MiB",
        Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(6 << 20)]).toString("base64"),
      ],
    ];
    for (const [nth, [what, data]] of labels.entries()) {
      test(`56: a label that is ${what} is not kept, and a person is told`, async () => {
        shop.front("postnord").lie({
          when: asks("POST", /\/labels\/ids\/pdf\?/),
          times: 1,
          isAfterWork: true,
          answer: (_asked, honest) => ({
            headers: json,
            body: honest.replaceAll(/"data":"[^"]*"/g, `"data":${JSON.stringify(data)}`),
          }),
        });
        const order = await payAndEnd(shop, `label_${nth}`);
        assert.equal(stepOf(order, "label")?.state, "attention");
        assert.equal(stepOf(order, "label")?.cause, "label.unreadable");
        const file = await fetch(`${shop.url}/api/orders/${order.reference}/files/label`);
        assert.equal(file.status, 404);
        assert.equal(shop.held(order.reference, "netvisor", "invoice").length, 0);
      });
    }

    test("56: a label that is a PDF and a script at once is served as a PDF and nothing else", async () => {
      const both = Buffer.from("%PDF-1.4\n<script>alert(1)</script>\n%%EOF");
      shop.front("postnord").lie({
        when: asks("POST", /\/labels\/ids\/pdf\?/),
        times: 1,
        isAfterWork: true,
        answer: (_asked, honest) => ({
          headers: json,
          body: honest.replaceAll(/"data":"[^"]*"/g, `"data":"${both.toString("base64")}"`),
        }),
      });
      const order = await payAndEnd(shop, "label_both");
      const file = await fetch(`${shop.url}/api/orders/${order.reference}/files/label`);
      assert.equal(file.headers.get("content-type"), "application/pdf");
      assert.equal(file.headers.get("x-content-type-options"), "nosniff");
      assert.match(file.headers.get("content-disposition") ?? "", /^inline; filename="[\w.-]+"$/);
      assert.match(file.headers.get("content-security-policy") ?? "", /default-src 'self'/);
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), both);
    });

    describe("57: tracking numbers", { concurrency: true }, () => {
      const numbers = [
        "../../etc/x",
        "a/b",
        "CON",
        "9".repeat(4096),
        "<b>1234</b>",
        "1234\r\nX: y",
      ];
      for (const [nth, number] of numbers.entries()) {
        test(`57: a tracking number ${JSON.stringify(number.slice(0, 20))} is not believed: the parcel is looked up`, async () => {
          shop.front("postnord").lie({
            when: bookingOf(`number_${nth}`),
            times: 1,
            isAfterWork: true,
            answer: (_asked, honest) => {
              const { idInformation, ...rest } = JSON.parse(honest);
              const [{ ids, ...info }] = idInformation;
              const wrong = ids.map((one: object) => ({ ...one, value: number }));
              const body = JSON.stringify({ ...rest, idInformation: [{ ...info, ids: wrong }] });
              return { headers: json, body };
            },
          });
          const order = await payAndEnd(shop, `number_${nth}`);
          isOnceEverywhere(shop, order);
          const [parcel] = shop.held(order.reference, "postnord", "shipment");
          assert.match(JSON.stringify(order.outputs.booking), new RegExp(`"${parcel?.id}"`));
          assert.doesNotMatch(JSON.stringify(order.outputs), /\.\.\/|a\/b|"CON"|9{50}|<b>/);
        });
      }
    });

    test("41: a tracking link that runs a script is left out of the e-mail and the ledger", async () => {
      const links = ["javascript:alert(1)", "data:text/html,<script>", "http://plain.example/x"];
      for (const [nth, link] of links.entries()) {
        shop.front("postnord").lie({
          when: booking,
          times: 1,
          isAfterWork: true,
          answer: (_asked, honest) => ({
            headers: json,
            body: honest.replaceAll(/"url":"[^"]*"/g, `"url":${JSON.stringify(link)}`),
          }),
        });
        const order = await payAndEnd(shop, `link_${nth}`);
        isOnceEverywhere(shop, order);
        const [mail] = outboxOf(shop.sandbox.records(), order.reference);
        assert.doesNotMatch(
          `${mail?.html}${JSON.stringify(order.outputs)}`,
          /javascript:|data:text|plain\.example/,
        );
      }
    });

    test("60: a provider that sends us to a port of this machine is not followed", async () => {
      let arrived = 0;
      const trap = createServer((_request, response) => {
        arrived += 1;
        response.end("+PONG");
      });
      const port = 12_900 + index;
      await new Promise<void>((resolve) => trap.listen(port, "127.0.0.1", resolve));
      try {
        const stripe = asks("GET", /checkout\/sessions/);
        const sent = [301, 302, 307, 308].map(async (status) => {
          const id = `redirect_${status}`;
          const lie = {
            times: 1,
            isAfterWork: true,
            answer: () => ({ status, headers: { location: `http://127.0.0.1:${port}/` } }),
          };
          const lies = [
            shop.front("postnord").lie({ ...lie, when: bookingOf(id) }),
            shop.front("stripe").lie({
              ...lie,
              when: (asked) => stripe(asked) && asked.path.includes(id),
            }),
          ];
          isOnceEverywhere(shop, await payAndEnd(shop, id));
          for (const { times } of lies) assert.equal(times, 0, "it was sent away");
        });
        await Promise.all(sent);
        assert.equal(arrived, 0);
      } finally {
        trap.close();
      }
    });

    describe("61: Retry-After", { concurrency: true }, () => {
      const waits = [
        "-5",
        "abc",
        "Mon, 23 Nov 2020 12:00:00 GMT",
        "1e9",
        "",
        "0x10",
        "NaN",
        "1.5s",
      ];
      for (const [nth, wait] of waits.entries()) {
        test(`61: Retry-After: ${wait || "(empty)"} means our own patience`, async () => {
          shop.front("postnord").lie({
            when: bookingOf(`wait_${nth}`),
            times: 1,
            answer: () => ({ status: 429, headers: { "retry-after": wait }, body: "{}" }),
          });
          const order = await payAndEnd(shop, `wait_${nth}`);
          isOnceEverywhere(shop, order);
          assert.deepEqual(outcomes(order, "booking"), ["refused", "succeeded"]);
        });
      }
    });

    test("61: Retry-After of a thousand years is a day", async () => {
      shop.front("postnord").lie({
        when: booking,
        times: 1,
        answer: () => ({ status: 429, headers: { "retry-after": "99999999999" }, body: "{}" }),
      });
      const payment = await pay(shop, "thousand_years");
      const order = await shop.orderWhen(
        referenceOf(payment),
        (o) =>
          outcomes(o, "booking").includes("refused") && stepOf(o, "booking")?.state === "ready",
      );
      const dueInMs = Date.parse(stepOf(order, "booking")?.dueAt ?? "") - Date.now();
      assert.ok(dueInMs > 20 * 3600_000 && dueInMs < 26 * 3600_000, `due in ${dueInMs} ms`);
    });
  });
}
