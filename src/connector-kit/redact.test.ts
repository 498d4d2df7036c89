import assert from "node:assert/strict";
import { test } from "node:test";
import { loggable, redactor } from "./redact.ts";

const redact = redactor(["whsec_first_secret,whsec_second_one", "pa ss/word+1", "tiny"]);

const secretive: readonly (readonly [what: string, text: string, clean: string])[] = [
  ["a secret in a sentence", "No such key: whsec_first_secret!", "No such key: [secret]!"],
  ["the second of two", "(whsec_second_one)", "([secret])"],
  ["one that was cut in its middle", "Refused: whsec_first_se", "Refused: [secret]"],
  ["one in an address", "GET /x?k=pa%20ss%2Fword%2B1&a=1", "GET /x?k=[secret]&a=1"],
  ["two at once", "whsec_first_secretwhsec_first_secret", "[secret][secret]"],
  [
    "a Bearer of somebody else",
    "authorization: Bearer abc.def-123",
    "authorization: Bearer [secret]",
  ],
  ["a Basic header", "Basic YXBpOmtleS0xMjM=", "Basic [secret]"],
  ["a token of a session", "Zoho-oauthtoken 1000.abc.def", "Zoho-oauthtoken [secret]"],
  ["a key of Stripe's make", "Invalid: sk_live_51Habc", "Invalid: [secret]"],
  ["a bot's token", "/bot123456789:AAbbCCddEEffGGhhIIjjKK/send", "/bot[secret]/send"],
  ["a password in an address", "postgres://me:hidden@db:5432/x", "postgres://[secret]@db:5432/x"],
  ["a key in a query", "https://x/?apikey=abcdef&a=1", "https://x/?apikey=[secret]&a=1"],
  ["a token in JSON", '{"access_token":"abcdef","a":1}', '{"access_token":"[secret]","a":1}'],
  [
    "a token in JSON in JSON",
    '{\\"access_token\\":\\"abcdef\\"}',
    '{\\"access_token\\":\\"[secret]\\"}',
  ],
];
for (const [what, text, clean] of secretive) {
  test(`${what} is not told`, () => assert.equal(redact(text), clean));
}

const sentences = [
  "Airtable does not accept the token: make a new one and set it.",
  "PostNord refuses the API key for Booking: check the key and its products.",
  "Stripe's secret is missing; the tiny one will not do.",
  "The basic fee, the bearer of the parcel, and token 12.",
  'No row has "Order" ABCDEFGHJK1234; see https://example.com:8443/a@b.',
];
for (const sentence of sentences) {
  test(`a sentence for people stays as it is: ${sentence.slice(0, 30)}`, () => {
    assert.equal(redact(sentence), sentence);
  });
}

test("what a driver hangs on its error is not logged, and its words are clean", () => {
  const error = Object.assign(new Error("insert failed for whsec_first_secret"), {
    code: "23514",
    detail: "Failing row contains (Example Buyer)",
    params: ["Example Buyer"],
    cause: new Error("whsec_second_one"),
  });
  const told = loggable(error, redact);
  assert.equal(told.message, "insert failed for [secret] ([secret])");
  assert.deepEqual({ ...told, stack: "" }, { name: "Error", stack: "", code: "23514" });
  assert.doesNotMatch(JSON.stringify(told, Object.getOwnPropertyNames(told)), /Buyer|whsec_/);
  assert.equal(loggable("whsec_first_secret", redact).message, "[secret]");
});

test("a megabyte of hostile text takes no time to speak of", () => {
  for (const piece of ["key=", "Bearer ", "://:", "whsec_firs", "1".repeat(12), "a_key_"]) {
    const took = [1, 2, 3].map(() => {
      const begun = performance.now();
      redact(piece.repeat(1_000_000 / piece.length));
      return performance.now() - begun;
    });
    assert.ok(Math.min(...took) < 2000, piece);
  }
});
