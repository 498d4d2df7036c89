import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mapCollection, memoryKit } from "../../connector-kit/simulator.ts";
import { eventsSchema, queuedSchema } from "./api.ts";
import { renderHandlebars, textOf } from "./simulated-handlebars.ts";
import { mailgunSimulator } from "./simulator.ts";

const domain = "mg.example.com";
const templates = [{ name: "order-confirmation", tag: "fi", template: "<p>{{customer_name}}</p>" }];
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8"));
const sent = fixture("send-template.200");

function aMailgun(kit = memoryKit()) {
  const simulator = mailgunSimulator(kit, { domains: [domain], templates });
  const ask = (path: string, body?: FormData, key = simulator.secrets.apiKey) =>
    simulator.fetch(
      new Request(`https://any.example.net${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Basic ${btoa(`api:${key}`)}` },
        ...(body ? { body } : {}),
      }),
    );
  const queue = (fields: Record<string, string>, key?: string) =>
    ask(`/v3/${domain}/messages`, formOf(fields), key);
  return { simulator, ask, queue };
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** Mailgun's documented example, its attachment as a file. */
function documentedForm(): FormData {
  const form = new FormData();
  for (const [name, value] of sent.request.form) {
    if (name === "attachment") form.append(name, new Blob(["%PDF"]), "invoice.pdf");
    else form.append(name, value);
  }
  return form;
}

const plain = { from: "a@example.com", to: "c@example.com", subject: "s", text: "t" };

test("the documented request is queued and answered as documented", async () => {
  const { simulator, ask } = aMailgun();
  const response = await ask(`/v3/${domain}/messages`, documentedForm());
  const body = await response.json();
  assert.deepEqual(Object.keys(body), Object.keys(sent.response.body));
  assert.equal(queuedSchema.parse(body).message, queuedSchema.parse(sent.response.body).message);
  const { html, isTestMode, attachments } = simulator.records()[0]?.fields ?? {};
  assert.deepEqual([html, isTestMode], ["<p>Åsa</p>", true]);
  assert.equal(JSON.stringify(attachments).includes('"fileName":"invoice.pdf","size":4'), true);
});

const refusals: Readonly<Record<string, Record<string, string>>> = {
  "from parameter is missing": { to: "c@example.com" },
  "to parameter is not a valid address. please check documentation": { ...plain, to: "nobody" },
  "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified": {
    ...plain,
    text: "",
  },
  "Send options (parameters starting with o:, h:, or v:) are limited to 16 kB total": {
    ...plain,
    "t:variables": "x".repeat(17_000),
  },
};

for (const [message, fields] of Object.entries(refusals)) {
  test(`refused in Mailgun's words: ${message}`, async () => {
    const documented = fixture("errors").errors.map((e: { body?: unknown }) => e.body);
    assert.ok(JSON.stringify(documented).includes(message), "the words are documented");
    const { queue, simulator } = aMailgun();
    const response = await queue(fields);
    assert.deepEqual([response.status, await response.json()], [400, { message }]);
    assert.equal(simulator.records().length, 0);
  });
}

test("a wrong key is a plain-text Forbidden; a sending key may send and nothing else", async () => {
  const { ask, queue, simulator } = aMailgun();
  const refused = await ask(`/v3/${domain}/events?ascending=yes`, undefined, "wrong");
  assert.deepEqual([refused.status, await refused.text()], [401, "Forbidden"]);
  const { sendingKey } = simulator.secrets;
  assert.equal((await queue(plain, sendingKey)).status, 200);
  assert.equal((await ask(`/v3/${domain}/templates`, undefined, sendingKey)).status, 401);
});

test("a domain that lives elsewhere is not found, as documented", async () => {
  const { ask } = aMailgun();
  const response = await ask("/v3/example.com/events?ascending=yes");
  const body = await response.json();
  assert.deepEqual([response.status, body], [404, { message: "Domain not found: example.com" }]);
});

test("a recipient smuggled into the name is one, a second one after a comma is two", async () => {
  const { queue, simulator } = aMailgun();
  await queue({ ...plain, to: '"v@example.com, x" <c@example.com>' });
  await queue({ ...plain, to: "c@example.com, v@example.com" });
  const counts = simulator
    .records()
    .map((r) => JSON.stringify(r.fields.recipients).split(",").length);
  assert.deepEqual(counts, [1, 2]);
});

test("a bounced address is answered Queued; the events tell the truth", async () => {
  const { ask, queue } = aMailgun();
  await ask(`/v3/${domain}/bounces`, formOf({ address: "c@example.com" }));
  const response = await queue({ ...plain, "h:Message-Id": `<x@${domain}>` });
  assert.equal(queuedSchema.parse(await response.json()).message, "Queued. Thank you.");
  const path = `/v3/${domain}/events?message-id=${encodeURIComponent(`x@${domain}`)}`;
  const { items } = eventsSchema.parse(await (await ask(`${path}&ascending=yes`)).json());
  assert.deepEqual(
    items.map((e) => [e.event, e.reason]),
    [
      ["accepted", undefined],
      ["failed", "suppress-bounce"],
    ],
  );
});

test("events have the documented shape, and a range without an end needs a direction", async () => {
  const { ask, queue } = aMailgun();
  await queue(plain);
  assert.equal((await ask(`/v3/${domain}/events`)).status, 400);
  const body = await (await ask(`/v3/${domain}/events?ascending=yes`)).json();
  const documented = fixture("events-by-message-id.200").response.body;
  const missing = Object.keys(documented.items[0]).filter((key) => !(key in body.items[0]));
  assert.deepEqual(missing, []);
  assert.deepEqual(Object.keys(body), Object.keys(documented));
});

test("the same Message-Id twice is two messages: Mailgun has no idempotency", async () => {
  const { queue, simulator } = aMailgun();
  await queue({ ...plain, "h:Message-Id": "<x@example.com>" });
  await queue({ ...plain, "h:Message-Id": "<x@example.com>" });
  assert.equal(simulator.records().length, 2);
});

test("what it holds is JSON and is there again after a restart", async () => {
  const disk = new Map<string, Map<string, string>>();
  const kit = () => ({
    now: () => new Date(0),
    collection: <T>(name: string) => {
      const rows = disk.get(name) ?? new Map<string, string>();
      disk.set(name, rows);
      const parsed = [...rows].map(([id, text]): [string, T] => [id, JSON.parse(text)]);
      return mapCollection<T>(new Map(parsed), (id, value) => rows.set(id, JSON.stringify(value)));
    },
  });
  const first = aMailgun(kit());
  await first.queue({ ...plain, "v:order_reference": "ABCDEFGHJK1234" });
  const before = first.simulator.records();
  assert.deepEqual(aMailgun(kit()).simulator.records(), before);
});

test("handlebars: what Mailgun has is rendered and escaped, what it lacks does not compile", () => {
  const say = (template: string) =>
    renderHandlebars(template, { a: "<b>", no: "", list: [{ x: "1" }, { x: "2" }], o: { y: "z" } });
  assert.equal(say("{{a}}{{{a}}}{{o.y}}{{gone}}"), "&lt;b&gt;<b>z");
  assert.equal(say("{{#each list}}[{{this.x}}{{x}}]{{/each}}"), "[11][22]");
  assert.equal(say("{{#if no}}a{{else}}b{{/if}}{{#unless no}}c{{/unless}}"), "bc");
  assert.equal(say('{{#equal o.y "z"}}same{{/equal}}{{#with o}}{{y}}{{/with}}'), "samez");
  assert.equal(say("{{constructor}}{{__proto__.x}}"), "");
  for (const broken of ["{{#if a}}", "{{/if}}", "{{#lookup a}}{{/lookup}}", "{{else}}"]) {
    assert.throws(() => say(broken), RangeError, broken);
  }
});

test("the text part reads like the letter, without markup", () => {
  assert.equal(textOf("<head><title>x</title></head><p>Hei&amp;</p><br><b>A</b> B"), "Hei&\nA B");
});
