import assert from "node:assert/strict";
import { test } from "node:test";
import { DatabaseUnavailable, isUnavailable } from "./errors.ts";

const withCode = (code: string) => Object.assign(new Error("said the database"), { code });

test("a lost, full, stopping or read-only database is a reason to ask the sender to try again", () => {
  const codes = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ENOSPC", "08006", "08001", "53100"];
  for (const code of [...codes, "53300", "57P01", "57P02", "57P03", "57014", "25006", "58030"]) {
    assert.equal(isUnavailable(withCode(code)), true, code);
  }
  for (const message of [
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "timeout exceeded when trying to connect",
    "Query read timeout",
  ]) {
    assert.equal(isUnavailable(new Error(message)), true, message);
  }
  assert.equal(isUnavailable(new DatabaseUnavailable("closed")), true);
});

test("a mistake in the request or the program is not", () => {
  for (const code of ["23505", "22P02", "42601", "40001", "25P02", "08", "ENOENT"]) {
    assert.equal(isUnavailable(withCode(code)), false, code);
  }
  assert.equal(isUnavailable(new TypeError("undefined is not a function")), false);
  assert.equal(isUnavailable("ECONNREFUSED"), false);
  assert.equal(isUnavailable(undefined), false);
});

test("the reason is found below the errors that wrap it, and a circle of errors ends", () => {
  const refused = withCode("ECONNREFUSED");
  assert.equal(isUnavailable(new Error("Recording the event failed.", { cause: refused })), true);
  assert.equal(isUnavailable(new AggregateError([new Error("::1"), refused], "")), true);
  const circle = new Error("a");
  circle.cause = new Error("b", { cause: circle });
  assert.equal(isUnavailable(circle), false);
});
