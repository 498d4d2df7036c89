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
