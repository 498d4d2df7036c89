import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { type Credentials, macOf, signedHeaders } from "./sign.ts";

const fixture = readFileSync(new URL("./fixtures/mac-vectors.json", import.meta.url), "utf8");
const vector = z.record(z.string(), z.string()).parse(JSON.parse(fixture));
const of = (name: string) => vector[name] ?? "";

const credentials: Credentials = {
  sender: of("sender"),
  customerId: of("customerId"),
  partnerId: of("partnerId"),
  customerKey: of("customerKey"),
  partnerKey: of("partnerKey"),
  organisationId: of("organisationId"),
  language: "FI",
};

test("the MAC equals the vector, counted in ISO 8859-1", () => {
  const mac = macOf(
    of("url"),
    credentials,
    of("timestamp"),
    of("timestampUnix"),
    of("transactionId"),
  );
  assert.equal(mac, of("hmacsha256_latin1_hex"));
  assert.notEqual(mac, of("WRONG_hmacsha256_utf8_hex"));
});

test("the headers carry both timestamps in UTC and ask for real HTTP statuses", () => {
  const at = new Date(Number(of("timestampUnix")) * 1000);
  const headers = signedHeaders(of("url"), credentials, at, of("transactionId"));
  assert.equal(headers["X-Netvisor-Authentication-Timestamp"], of("timestamp"));
  assert.equal(headers["X-Netvisor-Authentication-TimestampUnix"], of("timestampUnix"));
  assert.equal(headers["X-Netvisor-Authentication-MAC"], of("hmacsha256_latin1_hex"));
  assert.equal(headers["X-Netvisor-Authentication-UseHTTPResponseStatusCodes"], "1");
  assert.equal(headers["X-Netvisor-Organisation-ID"], of("organisationId"));
});
