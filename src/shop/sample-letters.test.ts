import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../language/catalogue.ts";
import { letterNames, sampleLetter } from "./sample-letters.ts";

const seller = {
  name: "Example Shop",
  timeZone: "Europe/Helsinki",
  vat: { country: "FI", vatId: "FI12345671", isInOss: true },
};

test("every e-mail can be read in every language, in the shop's name, and no other", () => {
  assert.ok(letterNames.length >= 5);
  for (const name of letterNames) {
    for (const language of languages) {
      const letter = sampleLetter(seller, name, language);
      assert.equal(letter?.locale, language);
      assert.match(JSON.stringify(letter), /Example Shop/, `${name} in ${language}`);
    }
  }
  assert.equal(sampleLetter(seller, "order-confirmation", "tlh"), undefined);
  assert.equal(sampleLetter(seller, "toString", "en"), undefined);
});
