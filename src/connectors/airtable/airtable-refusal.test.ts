import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpRequest, HttpResponse } from "../../connector-kit/http.ts";
import { airtableRefusal } from "./airtable-refusal.ts";
import { listAnswer, upsertAnswer } from "./api.ts";
import errors from "./fixtures/errors.json" with { type: "json" };
import listed from "./fixtures/list.200.json" with { type: "json" };
import schema from "./fixtures/pyairtable.BaseSchema.json" with { type: "json" };
import upserted from "./fixtures/upsert.200.json" with { type: "json" };
import { tablesAnswer } from "./schema-api.ts";

const where = { baseId: "appSimulated00001", tableId: "Orders" };
const upsert: HttpRequest = { method: "PATCH", url: "https://api.airtable.com/v0/x/y" };

function answered(
  fixture: { readonly status: number; readonly body: unknown },
  headers: Readonly<Record<string, string>> = {},
  request = upsert,
): HttpResponse {
  const body = new TextEncoder().encode(JSON.stringify(fixture.body));
  return { status: fixture.status, headers, body, request };
}

const expected: Record<string, readonly [string, string, RegExp]> = {
  badToken: ["transient", "auth.refused", /does not accept the token/],
  modelNotFound: ["transient", "auth.refused", /no table "Orders" in base appSimulated00001/],
  protectedField: ["transient", "auth.refused", /field Status .* editor role/],
  notFound: ["transient", "auth.refused", /no table "Orders" in base appSimulated00001/],
  tooLarge: ["permanent", "request.refused", /REQUEST_TOO_LARGE/],
  invalid: ["permanent", "request.refused", /INVALID_REQUEST_UNKNOWN/],
  selectOption: ["permanent", "field.missing", /option "In production"/],
  unknownField: ["permanent", "field.missing", /field "Invoice number"/],
  badValue: ["permanent", "request.refused", /field "Total"/],
  badFormula: ["permanent", "request.refused", /INVALID_FILTER_BY_FORMULA/],
  rateWrapped: ["transient", "provider.rate_limited", /30 seconds/],
  rateDocumented: ["transient", "provider.rate_limited", /30 seconds/],
  monthlyQuota: ["transient", "account.quota_spent", /bigger plan/],
  retriable: ["ambiguous", "provider.outage", /HTTP 503 \(RETRIABLE_ERROR/],
};

for (const [name, fixture] of Object.entries(errors)) {
  test(`Airtable's refusal "${name}" is understood`, () => {
    const error = airtableRefusal(answered(fixture), where);
    const [verdict, cause, message] = expected[name] ?? ["not listed", "", /^/];
    assert.equal(error.verdict, verdict);
    assert.equal(error.failure.cause, cause);
    assert.match(error.message, message);
  });
}

test("a 502 may have come after the row was written; a read that failed changed nothing", () => {
  const page = { status: 502, body: "<html>" };
  assert.equal(airtableRefusal(answered(page), where).verdict, "ambiguous");
  const read: HttpRequest = { method: "GET", url: upsert.url };
  assert.equal(airtableRefusal(answered(page, {}, read), where).verdict, "transient");
});

test("Airtable may ask for more than 30 seconds, not for less", () => {
  const wait = (seconds: string) =>
    airtableRefusal(answered(errors.rateWrapped, { "retry-after": seconds }), where).failure;
  assert.equal(wait("1").retryAfterMs, 30_000);
  assert.equal(wait("90").retryAfterMs, 90_000);
  const outage = airtableRefusal(answered(errors.retriable, { "retry-after": "12" }), where);
  assert.equal(outage.failure.retryAfterMs, 12_000);
});

test("Airtable's answers are read", () => {
  assert.deepEqual(upsertAnswer.parse(upserted.response.body).createdRecords, [
    "recSandboxNew0001",
  ]);
  assert.equal(listAnswer.parse(listed.body).records.length, 1);
  assert.deepEqual(
    tablesAnswer.parse(schema).tables.map((table) => table.name),
    ["Apartments", "Districts"],
  );
});
