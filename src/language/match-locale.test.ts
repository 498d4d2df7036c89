import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "./catalogue.ts";
import { matchLocale, regionalTag } from "./match-locale.ts";

test("a customer gets the nearest language that there are words for", () => {
  const near = {
    "de-AT": "de",
    "sv-FI": "sv",
    "es-419": "es",
    nn: "nb",
    "no-NO": "nb",
    iw: "he",
    "ar-EG": "ar",
    "fr-u-nu-thai": "fr",
    "pt-BR": "pt",
    pt_PT: "pt",
    "hr-BA": "hr",
    sh: "sr-Latn",
    "sr-RS": "sr",
    "sr-Latn-RS": "sr-Latn",
    "en-GB": "en",
  };
  for (const [tag, language] of Object.entries(near)) assert.equal(matchLocale(tag), language, tag);
});

test("a language without words, and nonsense, become English", () => {
  for (const tag of [
    "ja",
    "zh",
    "zh-Hant-TW",
    "se-FI",
    "auto",
    "",
    "!",
    "constructor",
    "x".repeat(5000),
  ]) {
    assert.equal(matchLocale(tag), "en", tag.slice(0, 20));
  }
});

test("every language of the catalogue is found by its own name", () => {
  for (const language of languages) assert.equal(matchLocale(language), language);
});

test("numbers follow the customer's region only when it speaks the letter's language", () => {
  assert.equal(regionalTag("de-CH", "de"), "de-CH");
  assert.equal(regionalTag("ja-JP", "en"), "en");
  assert.equal(regionalTag("ar-u-nu-thai", "ar"), "ar");
  assert.equal(regionalTag("pt-BR", "pt"), "pt-BR");
  assert.equal(regionalTag("sr-Latn-RS", "sr-Latn"), "sr-Latn");
});
