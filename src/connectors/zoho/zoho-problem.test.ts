import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { zohoApi } from "./api.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import { noon } from "./shop-for-tests.ts";
import type { World } from "./token.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const tokens = {
  current: async () => "token",
  renew: async () => "other",
  giveUp: async (error: ActionError) => error,
};
const api = zohoApi({ base: "https://crm.example", dataCentre: "eu", tokens, trigger: [] });

const worldOf = ({ status, body, headers = {} }: Answer): World => ({
  now: () => noon,
  send: async (request) => ({
    status,
    headers,
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
    request,
  }),
});

const upsert = (answer: Answer) =>
  api.upsert("Deals", "External_Order_ID", { Deal_Name: "x" }, worldOf(answer));

async function refusal(answer: Answer): Promise<ActionError> {
  const error = await upsert(answer).then(
    (written) => assert.fail(`it should have been refused, not ${written.kind}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ActionError);
  return error;
}

test("a write is believed by its HTTP status and its record's status together", async () => {
  const id = "5725767000000524157";
  assert.deepEqual(await upsert(answers.written.inserted), { kind: "written", id });
  assert.deepEqual(await upsert(answers.written.updated), { kind: "written", id });
  assert.deepEqual(await upsert(answers.written.created), { kind: "written", id });
  assert.equal((await refusal({ ...answers.written.mandatory, status: 200 })).verdict, "permanent");
  assert.equal((await refusal({ ...answers.written.inserted, status: 500 })).verdict, "ambiguous");
});

test("the id of a record that clashed is never taken for the id of a new one", async () => {
  const written = await upsert(answers.written.duplicate);
  assert.deepEqual(written, {
    kind: "duplicate",
    duplicates: [{ id: "5725767000000600001", module: "Deals", field: "External_Order_ID" }],
  });
});

test("a duplicate hidden among several errors is seen, with its module", async () => {
  const written = await upsert(answers.written.hidden_duplicate);
  assert.deepEqual(written, {
    kind: "duplicate",
    duplicates: [{ id: "4881139000000428295", module: "Contacts", field: "Email" }],
  });
});

const flat = (code: string, status = 400, more: object = {}): Answer => ({
  status,
  body: { data: [{ code, details: {}, message: "no", status: "error", ...more }] },
});
const oldShape = { code: 429, error: "TOO_MANY_REQUESTS", error_info: "slow down" };

const meanings: readonly [string, Answer, string, string][] = [
  ["a mandatory field", answers.written.mandatory, "permanent", "field.missing"],
  ["a value too long", answers.written.too_long, "permanent", "request.refused"],
  ["a wrong type", answers.written.wrong_type, "permanent", "request.refused"],
  ["a mismatch", flat("DEPENDENT_MISMATCH"), "permanent", "request.refused"],
  ["a missing dependent field", flat("DEPENDENT_FIELD_MISSING"), "permanent", "field.missing"],
  ["an unknown code", flat("SOMETHING_NEW"), "permanent", "request.refused"],
  ["a locked record", flat("RECORD_LOCKED"), "transient", "provider.rate_limited"],
  ["a failing service", flat("DEPENDENT_SERVICE_ERROR"), "ambiguous", "provider.outage"],
  ["no access", flat("AUTHORIZATION_FAILED"), "transient", "auth.refused"],
  ["no header", answers.refused.no_header, "transient", "auth.refused"],
  ["a dead token", answers.refused.dead_token, "transient", "auth.refused"],
  ["a missing scope", answers.refused.scope, "transient", "auth.refused"],
  ["a missing permission", answers.refused.permission, "transient", "auth.refused"],
  ["a wrong address", answers.refused.bad_url, "permanent", "request.refused"],
  ["a wrong module", answers.refused.bad_module, "permanent", "request.refused"],
  ["too many at once", answers.refused.concurrency, "transient", "provider.rate_limited"],
  ["spent credits", answers.refused.credits, "transient", "account.quota_spent"],
  ["a told pause", answers.refused.retry_after, "transient", "provider.rate_limited"],
  ["the old shape", { status: 429, body: oldShape }, "transient", "provider.rate_limited"],
  ["an inner error", answers.refused.internal, "ambiguous", "provider.outage"],
  ["no service", answers.refused.unavailable, "ambiguous", "provider.outage"],
  ["a page of HTML", { status: 502, body: "<html>" }, "ambiguous", "provider.outage"],
  ["HTML with 200", { status: 200, body: "<html>" }, "ambiguous", "provider.unexpected_answer"],
  ["another shape", { status: 200, body: { a: 1 } }, "ambiguous", "provider.unexpected_answer"],
  ["a moved record", answers.written.already_modified, "permanent", "request.refused"],
];

for (const [what, answer, verdict, cause] of meanings) {
  test(`${what} is ${verdict} after a write: ${cause}`, async () => {
    const error = await refusal(answer);
    assert.equal(error.verdict, verdict, error.message);
    assert.equal(error.failure.cause, cause, error.message);
  });
}

test("the field that a person has to mend is named", async () => {
  const error = await refusal(answers.written.wrong_type);
  assert.match(error.message, /the field Email \(expected email\)/);
  assert.equal(error.failure.field, "buyer.email");
  assert.match((await refusal(answers.written.too_long)).message, /Deal_Name \(at most 120/);
});

test("concurrency eases in seconds, credits in hours, and a told pause is kept", async () => {
  const pauses = [];
  for (const answer of [
    answers.refused.concurrency,
    answers.refused.credits,
    answers.refused.retry_after,
  ]) {
    pauses.push((await refusal(answer)).failure.retryAfterMs);
  }
  assert.deepEqual(pauses, [3_000, 7_200_000, 60_000]);
});

test("credits that remain unmask a message that names both limits", async () => {
  const headers = { "x-api-credits-remaining": "4000" };
  const error = await refusal({ ...answers.refused.credits, headers });
  assert.equal(error.failure.cause, "provider.rate_limited");
});

test("a read that fails has changed nothing", async () => {
  const { z } = await import("zod");
  const row = z.object({ id: z.string() });
  const ask = (answer: Answer) => api.query("select id from Deals", row, worldOf(answer));
  assert.deepEqual(await ask({ status: 204, body: "" }), []);
  assert.deepEqual(await ask(answers.read.coql), [{ id: "1" }]);
  for (const answer of [answers.refused.internal, { status: 200, body: "<html>" }]) {
    await assert.rejects(ask(answer), (error: ActionError) => error.verdict === "transient");
  }
});
