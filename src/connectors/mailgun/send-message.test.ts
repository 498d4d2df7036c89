import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../../order/money.ts";
import { aMessage, anInvoice, aShop, ending } from "./shop-for-tests.ts";

test("the e-mail is in the outbox, with the invoice, and leads back to the order", async () => {
  const shop = aShop({ replyTo: "help@example.com", sendingKey: { env: "MAILGUN_SENDING_KEY" } });
  const outcome = await shop.attempt(aMessage());
  assert.equal(ending(outcome), "done via response");
  const [record, ...others] = shop.outbox();
  assert.equal(others.length, 0);
  assert.equal(record?.reference, "ABCDEFGHJK1234");
  const { html, text, ...fields } = record?.fields ?? {};
  assert.equal(fields.messageId, "order-abcdefghjk1234-test@mg.example.com");
  assert.equal(fields.to, '"Example Buyer" <buyer@example.com>');
  assert.equal(fields.subject, "Tilausvahvistus PK-10482 – Example Shop");
  assert.equal(fields.locale, "fi");
  assert.equal(fields.isTestMode, false);
  assert.deepEqual(fields.attachments, [
    {
      fileName: "invoice-1001.pdf",
      size: 13,
      mediaType: "application/pdf",
      sha256: anInvoice().sha256,
    },
  ]);
  assert.match(String(html), /00370000000000000001/);
  assert.match(String(text), /Hei Example Buyer,\n/);
});

test("nothing personal travels in our variables, tags or own headers", async () => {
  const shop = aShop();
  await shop.attempt(aMessage());
  const { variables, tags, headers } = shop.outbox()[0]?.fields ?? {};
  assert.deepEqual(variables, {
    order_reference: "ABCDEFGHJK1234",
    order_key: "ABCDEFGHJK1234-test",
  });
  assert.deepEqual(tags, ["order-confirmation"]);
  assert.deepEqual(Object.keys(headers ?? {}), ["Message-Id", "Content-Language"]);
});

test("test mode reaches Mailgun", async () => {
  const shop = aShop({ testMode: true });
  await shop.attempt(aMessage());
  assert.equal(shop.outbox()[0]?.fields.isTestMode, true);
});

test("a name that looks like a template or a placeholder is shown as it was written", async () => {
  const shop = aShop();
  const buyer = { name: "<script>alert(1)</script> {{7*7}} {{#each}} %recipient.x%" };
  await shop.attempt(aMessage({}, { buyer }));
  const html = String(shop.outbox()[0]?.fields.html);
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; \{\{7\*7\}\} \{\{#each\}\}/);
  assert.doesNotMatch(html, /<script|49|%recipient/);
  assert.match(html, /%\u2060recipient\.x%/);
});

for (const email of ["a@b.fi\r\nBcc: x@example.com", '"a,b"@x.fi, victim@example.com', ""]) {
  test(`nothing is sent to ${JSON.stringify(email)}, and the field is named`, async () => {
    const shop = aShop();
    const outcome = await shop.attempt(aMessage({ to: { email } }));
    assert.equal(ending(outcome), "permanent address.email_invalid");
    assert.equal(outcome.kind === "failed" && outcome.error.failure.field, "buyer.email");
    assert.equal(shop.outbox().length, 0);
  });
}

test("metadata of an order never becomes a header or an option", async () => {
  const shop = aShop();
  const metadata = { "h:X-Evil": "1", "o:testmode": "yes", "h:Bcc": "v@example.com" };
  await shop.attempt(aMessage({}, { metadata, customFields: metadata }));
  assert.doesNotMatch(JSON.stringify(shop.outbox()), /Evil|v@example|"isTestMode":true/);
});

test("an endless subject full of tricks arrives short and plain", async () => {
  const shop = aShop();
  const subject = `{{subject}}\u202E\r\nBcc: v@example.com 👨‍👩‍👧‍👦 ${"A".repeat(10_000)}`;
  await shop.attempt(aMessage({ subject }));
  const sent = String(shop.outbox()[0]?.fields.subject);
  assert.ok(sent.length <= 160);
  assert.doesNotMatch(sent, /[\p{Cc}\u202A-\u202E\u2066-\u2069]|\{\{/u);
  assert.match(sent, /👨‍👩‍👧‍👦/u);
});

test("a long order is sent with fewer rows, and no item is uncounted", async () => {
  const shop = aShop();
  const eur = (minor: number) => money(minor, "EUR");
  const line = {
    id: "li_1",
    description: "Ω".repeat(2000),
    quantity: 1,
    subtotal: eur(100),
    discount: eur(0),
    tax: eur(0),
    total: eur(100),
    taxes: [],
  };
  const buyer = { name: "Ω".repeat(500) };
  const message = aMessage({}, { lines: Array.from({ length: 60 }, () => line), buyer });
  const wide = { ...message.variables, note: "x".repeat(12_000) };
  assert.equal(ending(await shop.attempt({ ...message, variables: wide })), "done via response");
  const html = String(shop.outbox()[0]?.fields.html);
  const rows = html.match(/Ω{100,}…<\/span><\/td>/g)?.length ?? 0;
  assert.ok(rows > 0 && rows < 30, `${rows} rows`);
  assert.match(html, new RegExp(`\\+ ${60 - rows} muuta tuotetta`));
});

test("text that can never fit is refused before it is sent", async () => {
  const shop = aShop();
  const variables = { ...aMessage().variables, note: "x".repeat(17_000) };
  assert.equal(ending(await shop.attempt(aMessage({ variables }))), "permanent request.refused");
  assert.equal(shop.outbox().length, 0);
});

test("attachments too large, or not the file that was kept, stay at home", async () => {
  const shop = aShop();
  const large = aMessage({ attachments: [anInvoice({ size: 19_000_000 })] });
  assert.equal(ending(await shop.attempt(large)), "permanent request.refused");
  const stranger = aMessage({ attachments: [anInvoice({ sha256: "0".repeat(64) })] });
  assert.equal(ending(await shop.attempt(stranger)), "permanent record.exists_differently");
  assert.equal(shop.outbox().length, 0);
});

test("an address that bounced is not written to, and a person hears of it", async () => {
  const shop = aShop();
  shop.simulator.setMood("suppressed-address", true);
  const outcome = await shop.attempt(aMessage());
  assert.equal(ending(outcome), "permanent email.suppressed");
  assert.match(outcome.kind === "failed" ? outcome.error.message : "", /bounced before/);
  assert.equal(shop.outbox().length, 0);
});

test("a page instead of an answer about the address is no bounce: the e-mail is sent later", async () => {
  for (const list of ["bounces", "complaints", "unsubscribes"]) {
    for (const text of ["<html>Please log in</html>", '{"surprise":[]}', ""]) {
      const shop = aShop();
      const outcome = await shop.attempt(aMessage(), false, {
        send: async (request) =>
          request.url.includes(`/${list}/`)
            ? { status: 200, headers: {}, body: new TextEncoder().encode(text), request }
            : shop.toMailgun(request),
      });
      assert.equal(ending(outcome), "transient provider.unexpected_answer", `${list}: ${text}`);
      assert.equal(shop.outbox().length, 0);
    }
  }
});

test("a 404 that is not Mailgun's own says nothing about the address: the e-mail is sent later", async () => {
  const words = [
    "<h1>404 page not found</h1>",
    '{"message":"not found"}',
    "",
    '{"message":"Gone"}',
  ];
  for (const list of ["bounces", "complaints", "unsubscribes"]) {
    for (const text of words) {
      const shop = aShop();
      const outcome = await shop.attempt(aMessage(), false, {
        send: async (request) =>
          request.url.includes(`/${list}/`)
            ? { status: 404, headers: {}, body: new TextEncoder().encode(text), request }
            : shop.toMailgun(request),
      });
      assert.equal(ending(outcome), "transient provider.unexpected_answer", `${list}: ${text}`);
      assert.equal(shop.outbox().length, 0);
    }
  }
});

test("while a proxy answers for Mailgun's lists nothing is sent, and all goes on after it", async () => {
  const shop = aShop();
  shop.simulator.setMood("strange-404", true);
  assert.equal(ending(await shop.attempt(aMessage())), "transient provider.unexpected_answer");
  shop.simulator.setMood("strange-404", false);
  assert.equal(ending(await shop.attempt(aMessage())), "done via response");
  assert.equal(shop.outbox().length, 1);
});

test("who unsubscribed from the newsletter still gets the order confirmation", async () => {
  const shop = aShop();
  const unsubscribe = (tag: string) => {
    const form = new FormData();
    form.set("address", "buyer@example.com");
    form.set("tag", tag);
    const authorization = `Basic ${btoa(`api:${shop.simulator.secrets.apiKey}`)}`;
    const url = "http://127.0.0.1/v3/mg.example.com/unsubscribes";
    const init = { method: "POST", headers: { authorization }, body: form };
    return shop.simulator.fetch(new Request(url, init));
  };
  await unsubscribe("newsletter");
  assert.equal(ending(await shop.attempt(aMessage())), "done via response");
  await unsubscribe("*");
  assert.equal(ending(await shop.attempt(aMessage())), "permanent email.suppressed");
});

test("the two ways in which Mailgun asks to wait are both understood", async () => {
  for (const [mood, waitMs] of [
    ["rate-limited", 60_000],
    ["rate-limited-seconds", 120_000],
  ] as const) {
    const shop = aShop();
    shop.simulator.setMood(mood, true);
    const outcome = await shop.attempt(aMessage());
    assert.equal(ending(outcome), "transient provider.rate_limited");
    assert.equal(outcome.kind === "retry" && outcome.error.failure.retryAfterMs, waitMs);
  }
});

test("a domain in the other region is a setting to mend, and nothing was sent", async () => {
  const shop = aShop();
  shop.simulator.setMood("wrong-region", true);
  const outcome = await shop.attempt(aMessage());
  assert.equal(ending(outcome), "transient auth.refused");
  assert.match(outcome.kind === "retry" ? outcome.error.message : "", /set region: "us"/);
});

test("a key that Mailgun refuses is named as such, and is not in the message", async () => {
  const shop = aShop({ secrets: { apiKey: "key-wrong-1234" } });
  const outcome = await shop.attempt(aMessage());
  assert.equal(ending(outcome), "transient auth.refused");
  assert.doesNotMatch(outcome.kind === "retry" ? outcome.error.message : "", /key-wrong-1234/);
});

test("a layout that Mailgun does not have is a set-up to finish, not a lost e-mail", async () => {
  const shop = aShop();
  const outcome = await shop.attempt(aMessage({ template: "refund-confirmation" }));
  assert.equal(ending(outcome), "permanent template.missing");
});

test("an e-mail that was queued behind a 500 is found and not sent twice", async () => {
  const shop = aShop();
  shop.simulator.setMood("queued-but-500", true);
  assert.equal(ending(await shop.attempt(aMessage())), "ambiguous provider.outage");
  shop.simulator.setMood("queued-but-500", false);
  assert.equal(ending(await shop.attempt(aMessage(), true)), "done via look-up");
  assert.equal(shop.outbox().length, 1);
});
