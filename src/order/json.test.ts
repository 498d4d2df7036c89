import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { digestOf, toJson } from "./json.ts";

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([k, v]) => [k, reversed(v)])
      .reverse(),
  );
}

test("a digest does not depend on the order of the keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(digestOf(value), digestOf(reversed(value)));
    }),
  );
});

test("a digest tells values apart that differ anywhere", () => {
  const values = [
    {},
    [],
    null,
    "",
    0,
    { a: 1 },
    { a: "1" },
    { a: [1, 2] },
    { a: [2, 1] },
    { a: { b: 1 } },
    { b: { a: 1 } },
    { a: null },
    { "a,b": 1 },
    JSON.parse('{"__proto__": {"a": 1}}'),
  ];
  assert.equal(new Set(values.map(digestOf)).size, values.length);
});

test("a key without a value is no key, and whole amounts keep all their digits", () => {
  assert.equal(digestOf({ a: 1, b: undefined }), digestOf({ a: 1 }));
  assert.equal(toJson({ minor: 9007199254740993n }), '{"minor":"9007199254740993"}');
});

test("JSON for the ledger is JSON, and says the same where nothing had to be mended", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      if (!/\\u(0000|d[89a-f])/.test(json)) assert.equal(toJson(value), json);
    }),
  );
});

test("NUL is left out and half a character mended, in keys and values, and nothing else is touched", () => {
  const odd = {
    "k\u0000": "a\u0000b",
    half: "\ud800x\udc00",
    whole: "🎁",
    text: "\\u0000 \\ud800 \\\u0000",
  };
  assert.deepEqual(JSON.parse(toJson(odd)), {
    k: "ab",
    half: "\ufffdx\ufffd",
    whole: "🎁",
    text: "\\u0000 \\ud800 \\",
  });
});
