// What the page and the command line are answered, over a real ledger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { OrderDetail, OrderList } from "../ledger/list-orders.ts";
import { attention, done, label, type OpenApp, openApp, outage } from "./app-for-tests.ts";

let shop: OpenApp;

before(async () => {
  shop = await openApp();
  await shop.open("AAAAAAAAAAWAITS");
  await shop.work("AAAAAAAAAAWAITS", "check", attention);
  await shop.open("AAAAAAAAAAADONE");
  await shop.work("AAAAAAAAAAADONE", "check", done);
  await shop.work("AAAAAAAAAAADONE", "booking", done);
  await shop.open("AAAAAAAAAOUTAGE");
  await shop.work("AAAAAAAAAOUTAGE", "check", outage);
  for (let i = 10; i < 17; i++) await shop.open(`BBBBBBBBBBBBB${i}`);
});
after(() => shop.close());

async function list(query: string): Promise<OrderList> {
  const answer = await shop.get(`/api/orders${query}`);
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

async function show(reference: string): Promise<OrderDetail> {
  return (await shop.get(`/api/orders/${reference}`)).json();
}

test("the newest order stands first, with where each of its steps is", async () => {
  const { orders, next } = await list("");
  assert.equal(orders.length, 10);
  assert.equal(next, null);
  const [newest] = orders;
  assert.equal(newest?.reference, "BBBBBBBBBBBBB16");
  assert.deepEqual(newest?.total, { minor: "15963", currency: "EUR" });
  assert.equal(newest?.country, "FI");
  assert.deepEqual(
    newest?.steps.map(({ name, state }) => [name, state]),
    [
      ["check", "ready"],
      ["booking", "blocked"],
    ],
  );
});

test("a list of what needs a person holds that and nothing else, and every state is counted", async () => {
  const { orders, counts } = await list("?state=attention");
  assert.deepEqual(
    orders.map(({ reference, state }) => [reference, state]),
    [["AAAAAAAAAAWAITS", "attention"]],
  );
  assert.match(orders[0]?.steps[0]?.message ?? "", /no postal code of FI/);
  assert.deepEqual(counts, { open: 7, waiting: 1, attention: 1, done: 1, cancelled: 0 });
});

test("page by page, no order is missing or comes twice, although new ones arrive", async () => {
  const { orders: all } = await list("");
  const read: string[] = [];
  let before = "";
  for (let page = 0; page < 10; page++) {
    const { orders, next } = await list(`?limit=3${before}`);
    read.push(...orders.map(({ reference }) => reference));
    await shop.open(`CCCCCCCCCCCCC${10 + page}`);
    if (next === null) break;
    before = `&before=${encodeURIComponent(next)}`;
  }
  assert.deepEqual(
    read,
    all.map(({ reference }) => reference),
  );
});

test("orders of one millisecond do not fall between two pages", async () => {
  const all = [10, 11, 12, 13, 14].map((i) => `EEEEEEEEEEEEE${i}`);
  for (const [i, reference] of all.entries()) {
    await shop.open(reference);
    const createdAt = `2020-01-01T00:00:00.0001${i}Z`;
    await shop.db.query("update orders set created_at = $2::timestamptz where reference = $1", [
      reference,
      createdAt,
    ]);
  }
  const read: string[] = [];
  let next: string | null = "2021-01-01T00:00:00Z/AAAAAAAAAA";
  while (next !== null) {
    const page: OrderList = await list(`?limit=2&before=${encodeURIComponent(next)}`);
    read.push(...page.orders.map(({ reference }) => reference));
    next = page.next;
  }
  assert.deepEqual(read, all.toReversed());
});

test("what waits out an outage is listed apart from what merely runs", async () => {
  const referencesOf = async (state: string) =>
    (await list(`?state=${state}`)).orders.map(({ reference }) => reference);
  assert.deepEqual(await referencesOf("waiting"), ["AAAAAAAAAOUTAGE"]);
  assert.ok(!(await referencesOf("open")).includes("AAAAAAAAAOUTAGE"));
  assert.deepEqual(await referencesOf("done"), ["AAAAAAAAAAADONE"]);
});

test("one order tells its facts, every attempt, and the events that made it", async () => {
  const order = await show("AAAAAAAAAAADONE");
  assert.equal(order.state, "done");
  assert.ok(order.doneAt);
  assert.deepEqual(order.outputs, { check: { made: true }, booking: { made: true } });
  assert.deepEqual(
    order.happenings.map(({ step, outcome, externalId }) => [step, outcome, externalId]),
    [
      ["check", "succeeded", "checked"],
      ["booking", "succeeded", "checked"],
    ],
  );
  assert.deepEqual(
    order.events.map(({ id, deliveries }) => [id, deliveries]),
    [["evt_AAAAAAAAAAADONE", 1]],
  );
  assert.match(JSON.stringify(order.facts), /Blackout curtain/);
});

test("the status says what runs here and how many orders there are", async () => {
  const status = await (await shop.get("/api/status")).json();
  assert.equal(status.queue, "ledger");
  assert.equal(status.counts.done, 1);
});

test("what waits for a person is tried again when a person says so, and somebody is woken", async () => {
  const reference = await shop.open("DDDDDDDDDDRETRY");
  await shop.work(reference, "check", attention);
  const kicksBefore = shop.kicks();
  const answer = await shop.post(`/api/orders/${reference}/retry`, {});
  assert.deepEqual(await answer.json(), { retried: ["check"] });
  assert.equal(shop.kicks(), kicksBefore + 1);
  const { state, steps } = await show(reference);
  assert.equal(state, "open");
  assert.equal(steps[0]?.state, "ready");
});

test("what waits out an outage may be tried at once", async () => {
  const answer = await shop.post("/api/orders/AAAAAAAAAOUTAGE/retry", { step: "check" });
  assert.deepEqual(await answer.json(), { retried: ["check"] });
});

test("a step that waits for nobody is not tried again, nor is one that does not exist", async () => {
  for (const step of ["check", "booking", "nothing"]) {
    const answer = await shop.post("/api/orders/AAAAAAAAAAADONE/retry", { step });
    assert.deepEqual(await answer.json(), { retried: [] }, step);
  }
});

test("a retry without a body means all that waits; one that cannot be read means nothing", async () => {
  const reference = await shop.open("DDDDDDDDDGARBLE");
  await shop.work(reference, "check", attention);
  for (const garbled of ['{"step":"boo', '"check"', "[]", '{"step":1}', '{"step":"', "null"]) {
    const answer = await shop.post(`/api/orders/${reference}/retry`, garbled);
    assert.equal(answer.status, 400, garbled);
    assert.match((await answer.json()).error, /\w+/);
  }
  assert.equal((await show(reference)).state, "attention");
  const answer = await shop.post(`/api/orders/${reference}/retry`, "");
  assert.deepEqual(await answer.json(), { retried: ["check"] });
});

const wrong: readonly (readonly [what: string, query: string, name: RegExp])[] = [
  ["a state that does not exist", "?state=lost", /^state: /],
  ["no state at all", "?state=", /^state: /],
  ["zero orders", "?limit=0", /^limit: /],
  ["201 orders", "?limit=201", /^limit: /],
  ["half an order", "?limit=1.5", /^limit: /],
  ["many orders", "?limit=many", /^limit: /],
  ["a page after nothing", "?before=", /^before: /],
  ["a page after an SQL statement", "?before=';drop table orders;--", /^before: /],
  ["a page after no date", "?before=2026-99-99T99:99:99Z/AAAAAAAAAAWAITS", /^before: /],
  ["a page after dots", "?before=2026-01-01T..:..Z/AAAAAAAAAAWAITS", /^before: /],
];

for (const [what, query, name] of wrong) {
  test(`a list that asks for ${what} is refused with a sentence that names the parameter`, async () => {
    const answer = await shop.get(`/api/orders${query}`);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).error, name);
  });
}

test("an order that does not exist is not found, whatever its name", async () => {
  for (const name of [
    "ZZZZZZZZZZZZZZ",
    "short",
    "%00",
    "%E0%A4%A",
    "'or'1'='1",
    "a".repeat(9000),
  ]) {
    for (const path of [`/api/orders/${name}`, `/api/orders/${name}/files/label`]) {
      if (name.startsWith("ZZ") && path.endsWith("label")) continue;
      const answer = await shop.get(path);
      assert.equal(answer.status, 404, path.slice(0, 60));
      assert.match((await answer.json()).error, /There is no such/);
    }
    const answer = await shop.post(`/api/orders/${name}/retry`, {});
    assert.equal(answer.status, 404);
  }
});

test("an address of the API that does not exist is not found; it is not the page", async () => {
  for (const path of ["/api", "/api/", "/api/nothing", "/api/orders/AAAAAAAAAAADONE/nothing"]) {
    const answer = await shop.get(path);
    assert.equal(answer.status, 404, path);
    assert.match((await answer.json()).error, /There is no such address/);
  }
});

test("a label is shown in the page, under a harmless name, and is never taken for a web page", async () => {
  const answer = await shop.get("/api/orders/AAAAAAAAAAADONE/files/label");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  assert.equal(answer.headers.get("content-disposition"), 'inline; filename="L_hete__1___x.pdf"');
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.equal(answer.headers.get("cache-control"), "private, no-store");
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(label.bytes));
});

test("a step that kept no document has none to show", async () => {
  const answer = await shop.get("/api/orders/AAAAAAAAAAADONE/files/check");
  assert.equal(answer.status, 404);
});

test("every answer forbids foreign scripts and frames", async () => {
  for (const path of ["/", "/api/status", "/healthz", "/webhooks/stripe/pikkuna", "/assets/x.js"]) {
    const { headers } = await shop.get(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'self'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
  }
});

test("when the database is gone, the process is alive and not ready, and the API asks for patience", async () => {
  const gone = await openApp();
  await gone.close();
  assert.equal((await gone.get("/healthz")).status, 200);
  const ready = await gone.get("/readyz");
  assert.deepEqual([ready.status, (await ready.json()).checks.database], [503, "does not answer"]);
  for (const path of ["/api/orders", "/api/status"]) {
    const answer = await gone.get(path);
    assert.equal(answer.status, 503, path);
    assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
    assert.deepEqual(await answer.json(), {
      type: "about:blank",
      title: "Cannot answer now",
      status: 503,
      detail: "Ordna could not answer.",
      error: "Ordna could not answer.",
    });
  }
});
