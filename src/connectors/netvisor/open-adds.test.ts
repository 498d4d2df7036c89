// An add whose answer was lost may take effect a moment later: another order must not add the same meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settleMs } from "../../connector-kit/action.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { noAnswer } from "../../connector-kit/direct-send.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { aCompany, aVatDecision, memoryTokens, now } from "./shop-for-tests.ts";

const vat = aVatDecision();
const first = anOrder();
const second = anOrder({ reference: "ZZZZZZZZZZ1234" });

/** Two processes of one installation, on one clock; what the first one adds to `resource` arrives late. */
function twoProcesses(resource: string) {
  let at = now().getTime();
  const clock = () => new Date(at);
  const tokens = memoryTokens();
  const company = aCompany({}, clock, tokens);
  const other = aCompany({}, clock, tokens);
  let late: HttpRequest | undefined;
  const losing: typeof company.call.send = (request) => {
    if (late || !request.url.includes(`/${resource}?`)) return company.call.send(request);
    late = request;
    return Promise.reject(noAnswer(request, false));
  };
  return {
    company,
    settle: settleMs(company.accounting.customer.connection),
    pass: (ms: number) => {
      at += ms;
    },
    arrive: async () => late && company.call.send(late),
    mine: { ...company.call, reference: first.reference, send: losing },
    theirs: { ...company.call, reference: second.reference },
    /** The same Netvisor, another process: it remembers nothing of the first one. */
    elsewhere: other.accounting,
  };
}

test("two orders that miss one product never both add it, even when the first add arrives late", async () => {
  const { company, mine, theirs, elsewhere, arrive, pass, settle } = twoProcesses("product.nv");
  const { accounting, count } = company;
  const { customerId } = await accounting.customer.run({ order: first }, company.call);
  const input = (order: typeof first) => ({ order, vat, customerId });
  const lost = await attempt(accounting.invoice, input(first), mine, false);
  assert.equal(lost.kind, "unknown");
  const waits = await attempt(elsewhere.invoice, input(second), theirs, false);
  assert.ok(waits.kind === "retry");
  assert.match(waits.error.message, /Order ABCDEFGHJK1234 is adding the product CUR-140-250/);
  assert.equal(waits.error.failure.retryAfterMs, settle);
  await arrive();
  pass(settle);
  assert.equal((await attempt(elsewhere.invoice, input(second), theirs, false)).kind, "done");
  assert.equal((await attempt(accounting.invoice, input(first), mine, true)).kind, "done");
  assert.equal(count("product"), 3);
  assert.equal(count("invoice"), 2);
});

test("two orders of one new customer never both add the card, even when the first add arrives late", async () => {
  const { company, mine, theirs, elsewhere, arrive, pass, settle } = twoProcesses("customer.nv");
  const { accounting, count } = company;
  const lost = await attempt(accounting.customer, { order: first }, mine, false);
  assert.equal(lost.kind, "unknown");
  const waits = await attempt(elsewhere.customer, { order: second }, theirs, false);
  assert.ok(waits.kind === "retry" && waits.error.failure.cause === "record.being_made");
  await arrive();
  pass(settle);
  for (const [order, call] of [
    [second, theirs],
    [first, mine],
  ] as const) {
    assert.equal((await attempt(elsewhere.customer, { order }, call, true)).kind, "done");
  }
  assert.equal(count("customer"), 1);
});

test("an add that was surely not done stops nobody", async () => {
  const { company, theirs, elsewhere } = twoProcesses("customer.nv");
  const { accounting, count } = company;
  const refusing: typeof theirs.send = (request) =>
    request.method === "POST" ? Promise.reject(noAnswer(request, true)) : theirs.send(request);
  const mine = { ...company.call, reference: first.reference, send: refusing };
  assert.equal((await attempt(accounting.customer, { order: first }, mine, false)).kind, "retry");
  const outcome = await attempt(elsewhere.customer, { order: second }, theirs, false);
  assert.equal(outcome.kind, "done");
  assert.equal(count("customer"), 1);
});

test("a process that was killed while it added holds up others no longer than its add may take effect", async () => {
  const { company, theirs, elsewhere, pass, settle } = twoProcesses("customer.nv");
  const killed: typeof theirs.send = (request) =>
    request.method === "POST" ? new Promise(() => {}) : theirs.send(request);
  const mine = { ...company.call, reference: first.reference, send: killed };
  // It never comes back.
  void company.accounting.customer.run({ order: first }, mine);
  await new Promise((done) => setImmediate(done));
  const input = { order: second };
  assert.equal((await attempt(elsewhere.customer, input, theirs, false)).kind, "retry");
  pass(company.accounting.customer.connection.deadlineMs + settle);
  assert.equal((await attempt(elsewhere.customer, input, theirs, false)).kind, "done");
});
