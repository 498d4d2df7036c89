import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseLocale } from "./choose-locale.ts";

const choose = (...tags: (string | null | undefined)[]) =>
  chooseLocale(
    tags.map((tag, i) => ({ tag, source: `source-${i}` })),
    "fi",
  );

test("the first candidate that names a language wins, and its source is told", () => {
  assert.deepEqual(choose(undefined, "de-at", "fr"), { tag: "de-AT", source: "source-1" });
});

test("Stripe's auto, an empty value, null and nonsense are no wish for a language", () => {
  assert.deepEqual(choose("auto", "", null, "  ", "!", "und", "english", "x-private"), {
    tag: "fi",
    source: "shop",
  });
});

test("retired names of languages become today's", () => {
  const now = ["iw", "no", "sh", "iw-IL", "no-NO", "NO"].map((tag) => choose(tag).tag);
  assert.deepEqual(now, ["he", "nb", "sr-Latn", "he-IL", "nb-NO", "nb"]);
});

test("the underscore of shop software is read as a hyphen", () => {
  assert.equal(choose("pt_BR").tag, "pt-BR");
});

test("a tag for which there are no words is kept as the customer's wish", () => {
  assert.equal(choose("ga-IE").tag, "ga-IE");
});

test("a shop's own language that is no language becomes English", () => {
  assert.deepEqual(chooseLocale([], "auto"), { tag: "en", source: "shop" });
});

test("whatever is sent as a locale, the answer is a short canonical tag", () => {
  fc.assert(
    fc.property(fc.string(), (tag) => {
      const chosen = choose(tag).tag;
      assert.ok(chosen.length <= 35);
      assert.deepEqual(Intl.getCanonicalLocales(chosen), [chosen]);
    }),
    { numRuns: 200 },
  );
});
