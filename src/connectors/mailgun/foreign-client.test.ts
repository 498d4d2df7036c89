// The official package, with its own HTTP and its own ideas, against our simulator, and against our connector's e-mail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Mailgun from "mailgun.js";
import { Enums } from "mailgun.js/definitions";
import { type Listening, serveSimulator } from "../../sandbox/serve-simulator.ts";
import { aMessage, aShop } from "./shop-for-tests.ts";

const domain = "mg.example.com";
const shop = aShop();
let server: Listening;
before(async () => {
  server = await serveSimulator(shop.simulator, 28_100 + (process.pid % 900));
});
after(() => server.close());

const clientWith = (key = shop.simulator.secrets.apiKey ?? "") =>
  new Mailgun(FormData).client({ username: "api", key, url: server.url, timeout: 10_000 });

const last = () => shop.outbox().at(-1)?.fields ?? {};

test("a foreign client sends with template, variables and an attachment, and finds its message by its own id", async () => {
  const client = clientWith();
  const id = `<foreign-1@${domain}>`;
  const queued = await client.messages.create(domain, {
    from: "Example Shop <orders@mg.example.com>",
    to: ["buyer@example.com"],
    subject: "Order 1",
    template: "order-confirmation",
    "t:variables": JSON.stringify({ subject: "Order 1", greeting: "Hyvä Åsa" }),
    "h:Message-Id": id,
    "v:order_reference": "FOREIGN0001234",
    "o:tag": ["order-confirmation"],
    attachment: [{ filename: "invoice.pdf", data: Buffer.from("%PDF-1.4 x") }],
  });
  assert.deepEqual([queued.status, queued.message], [200, "Queued. Thank you."]);
  assert.equal(queued.id, id);
  assert.match(String(last().html), /Hyvä Åsa/);
  assert.match(JSON.stringify(last().attachments), /"fileName":"invoice.pdf","size":10/);
  const events = await client.events.get(domain, {
    "message-id": id.slice(1, -1),
    ascending: "yes",
    limit: 300,
  });
  const mine = events.items.find(({ event }) => event === "accepted");
  assert.equal(mine?.message.headers["message-id"], id.slice(1, -1));
});

test("what Ordna sends, a foreign client finds by the Message-Id that Ordna gave it", async () => {
  const call = shop.call();
  const { messageId } = await shop.action.run(aMessage(), call);
  assert.equal(messageId, `order-${call.key.toLowerCase()}@${domain}`);
  const query = { "message-id": messageId, ascending: "yes", limit: 300 } as const;
  const { items } = await clientWith().events.get(domain, query);
  assert.ok(items.length > 0);
  for (const { message } of items) assert.equal(message.headers["message-id"], messageId);
});

test("a foreign client stores a template, adds a version and switches to it, and the e-mails follow", async () => {
  const { domainTemplates } = clientWith().domains;
  const name = "Foreign-Layout";
  const made = await domainTemplates.create(domain, {
    name,
    description: "Theirs",
    template: "<p>one {{who}}</p>",
    tag: "v1",
  });
  assert.equal(made.name, "foreign-layout", "names are down-cased");
  await domainTemplates.createVersion(domain, made.name, {
    tag: "v2",
    template: "<p>two {{who}}</p>",
    active: Enums.YesNo.YES,
  });
  const seen = await domainTemplates.get(domain, made.name, { active: Enums.YesNo.YES });
  assert.equal(seen.version?.tag, "v2");
  await clientWith().messages.create(domain, {
    from: `orders@${domain}`,
    to: ["buyer@example.com"],
    subject: "s",
    template: made.name,
    "t:variables": JSON.stringify({ who: "<you>" }),
  });
  assert.equal(last().html, "<p>two &lt;you&gt;</p>");
});

test("a foreign client puts an address on the list of bounces, and Ordna does not write to it", async () => {
  const address = "gone@example.com";
  await clientWith().suppressions.create(domain, "bounces", { address, code: 550 });
  const entry = await clientWith().suppressions.get(domain, "bounces", address);
  assert.equal("address" in entry && entry.address, address);
  const outcome = await shop.attempt(aMessage({ to: { email: address, name: "Example Buyer" } }));
  assert.equal(outcome.kind === "failed" && outcome.error.failure.cause, "email.suppressed");
});

test("a foreign client hears of a wrong key and of another region's domain in Mailgun's words", async () => {
  const mail = { from: `a@${domain}`, to: ["b@example.com"], subject: "s", text: "t" };
  await assert.rejects(clientWith("key-wrong").messages.create(domain, mail), { status: 401 });
  await assert.rejects(clientWith().messages.create("mg.example.org", mail), {
    status: 404,
    details: "Domain not found: mg.example.org",
  });
});

test("an answer that is lost looks to the official package like a refusal: Ordna has its own client", async () => {
  const gone = await serveSimulator(shop.simulator, 29_100 + (process.pid % 900));
  await gone.close();
  const client = new Mailgun(FormData).client({ username: "api", key: "key", url: gone.url });
  const mail = { from: `a@${domain}`, to: ["b@example.com"], subject: "s", text: "t" };
  await assert.rejects(client.messages.create(domain, mail), { status: 400 });
});
