// Which language a customer is written to: the first of five places that names one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchLocale } from "../../language/match-locale.ts";
import { type LocaleHints, orderLocale } from "./order-locale.ts";

const nothing: LocaleHints = {
  metadata: undefined,
  session: null,
  customer: null,
  shippingCountry: undefined,
};
const localeOf = (hints: Partial<LocaleHints>, fallback = "fi") =>
  orderLocale({ ...nothing, ...hints }, fallback);

test("metadata, session, customer, country and shop are asked in that order, and the source is told", () => {
  const all = { metadata: "et", session: "sv", customer: "de", shippingCountry: "PL" };
  assert.deepEqual(localeOf(all), { tag: "et", source: "metadata" });
  assert.deepEqual(localeOf({ ...all, metadata: "" }), { tag: "sv", source: "session" });
  assert.deepEqual(localeOf({ ...all, metadata: null, session: "auto" }), {
    tag: "de",
    source: "customer",
  });
  assert.deepEqual(localeOf({ shippingCountry: "PL" }), { tag: "pl", source: "shipping country" });
  assert.deepEqual(localeOf({}), { tag: "fi", source: "shop" });
});

test("a country of several languages says nothing: the shop's own is used", () => {
  for (const shippingCountry of ["BE", "CH", "FI", "LU", "US"]) {
    assert.equal(localeOf({ shippingCountry }, "sv").source, "shop", shippingCountry);
  }
});

test("auto, nothing, retired names and regions are read as what they mean", () => {
  assert.equal(localeOf({ metadata: "auto", session: "no" }).tag, "nb");
  assert.equal(localeOf({ session: "no-NO" }).tag, "nb-NO");
  for (const [session, language] of [
    ["pt-BR", "pt"],
    ["fr-CA", "fr"],
    ["es-419", "es"],
    ["zh", "en"],
    ["zh-HK", "en"],
  ] as const) {
    const { tag, source } = localeOf({ session });
    assert.equal(source, "session");
    assert.equal(matchLocale(tag), language, session);
  }
});
