import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { readJson, reads, retryAfter, statusError } from "./http.ts";

const now = Date.parse("2026-11-23T12:00:00Z");
const day = 24 * 3600_000;

const waits: readonly (readonly [string | undefined, number | undefined])[] = [
  [undefined, undefined],
  ["", undefined],
  ["0", 0],
  ["1", 1000],
  [" 120 ", 120_000],
  ["1.5", 1500],
  ["86400", day],
  ["99999999999", day],
  ["-5", undefined],
  ["abc", undefined],
  ["1e3", undefined],
  ["NaN", undefined],
  ["Infinity", undefined],
  ["Mon, 23 Nov 2026 12:00:30 GMT", 30_000],
  ["Mon, 23 Nov 2026 11:59:59 GMT", undefined],
  ["Fri, 31 Dec 9999 23:59:59 GMT", day],
];
for (const [header, ms] of waits) {
  const sentence = ms === undefined ? "says nothing" : `means ${ms} ms`;
  test(`Retry-After: ${header ?? "(none)"} ${sentence}`, () => {
    assert.equal(retryAfter(header, now), ms);
  });
}

const request = (method: HttpRequest["method"], more: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  url: "https://office.example.com/",
  ...more,
});
const answer = (status: number, body: string, to = request("POST")): HttpResponse => ({
  status,
  headers: {},
  body: new TextEncoder().encode(body),
  request: to,
});

test("a request reads when its method says so, or when it says so itself", () => {
  assert.deepEqual(
    [request("GET"), request("HEAD"), request("POST"), request("PUT"), request("DELETE")].map(
      reads,
    ),
    [true, true, false, false, false],
  );
  assert.equal(reads(request("POST", { reads: true })), true);
  assert.equal(reads(request("GET", { reads: false })), false);
});

const statuses = [
  [400, "permanent", "permanent", "request.refused"],
  [401, "transient", "transient", "auth.refused"],
  [403, "transient", "transient", "auth.refused"],
  [404, "permanent", "permanent", "request.refused"],
  [408, "ambiguous", "transient", "provider.outage"],
  [422, "permanent", "permanent", "request.refused"],
  [429, "transient", "transient", "provider.rate_limited"],
  [500, "ambiguous", "transient", "provider.outage"],
  [503, "ambiguous", "transient", "provider.outage"],
  [302, "ambiguous", "transient", "provider.unexpected_answer"],
] as const;
for (const [status, afterChange, afterRead, cause] of statuses) {
  test(`HTTP ${status} is ${afterChange} after a change and ${afterRead} after a read`, () => {
    const change = statusError(answer(status, ""), "No.");
    assert.deepEqual([change.verdict, change.failure.cause], [afterChange, cause]);
    const read = statusError(answer(status, "", request("GET")), "No.");
    assert.deepEqual([read.verdict, read.failure.status], [afterRead, status]);
  });
}

test("a provider that is down or busy and says how long is given that long", () => {
  const told = (status: number, retryAfter: string, to = request("GET")) =>
    statusError({ ...answer(status, "", to), headers: { "retry-after": retryAfter } }, "No.")
      .failure.retryAfterMs;
  for (const status of [429, 503, 500, 408]) {
    assert.equal(told(status, "120"), 120_000, `HTTP ${status}`);
    assert.equal(told(status, "120", request("POST")), 120_000, `HTTP ${status} after a change`);
    assert.equal(told(status, "soon"), undefined);
  }
  assert.equal(told(403, "120"), undefined, "a refused key is no matter of patience");
});

test("an answer that we cannot read may still have been done", () => {
  const schema = z.object({ id: z.string() });
  assert.deepEqual(readJson(answer(200, '{"id":"1","more":2}'), schema), { id: "1" });
  for (const body of ["", "<html>", '{"id":', '{"id":7}', "null"]) {
    const verdict = (to: HttpRequest) => {
      try {
        readJson(answer(200, body, to), schema);
      } catch (thrown) {
        return thrown instanceof Error && "verdict" in thrown ? thrown.verdict : thrown;
      }
      return "believed";
    };
    assert.equal(verdict(request("POST")), "ambiguous");
    assert.equal(verdict(request("GET")), "transient");
    assert.equal(verdict(request("POST", { reads: true })), "transient");
  }
});
