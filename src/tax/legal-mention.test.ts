import assert from "node:assert/strict";
import { test } from "node:test";
import { englishMention, legalMention } from "./legal-mention.ts";
import mentions from "./legal-mentions.json" with { type: "json" };

test("a mention is in the document's language where its wording is known, else in English", () => {
  for (const language of Object.keys(mentions)) {
    const { text, english } = legalMention("export", `${language}-XX`);
    assert.equal(english, englishMention("export"));
    assert.notEqual(text, "");
  }
  const unknown = legalMention("export", "xx");
  assert.deepEqual([unknown.language, unknown.text], ["en", unknown.english]);
});

test("every official language of the EU has its wording, with the article of the directive in it", () => {
  const official = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split(
    " ",
  );
  for (const locale of [...official, "nb", "is"]) {
    for (const [mention, article] of [
      ["export", "146"],
      ["intra-community", "138"],
    ] as const) {
      const { text, language } = legalMention(mention, locale);
      assert.equal(language, locale);
      assert.match(text, new RegExp(`${article}.*2006/112|2006/112.*${article}`));
    }
  }
  assert.equal(legalMention("export", "no").language, "nb");
  assert.equal(legalMention("aland", "sv-FI").language, "sv");
  assert.equal(legalMention("aland", "de").language, "en");
});
