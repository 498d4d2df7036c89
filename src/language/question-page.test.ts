import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "./catalogue.ts";
import { anOrder } from "./letters-for-tests.ts";
import { askedFields, questionForm, slowPage, thanksPage, voidPage } from "./question-page.ts";

for (const language of languages) {
  test(`the page that asks for an address is whole in ${language}`, () => {
    const order = anOrder({ locale: { tag: language, source: "session" } });
    const fault = { error: "postal_code", suggestion: "00100" } as const;
    const { fields, ...form } = questionForm(
      order,
      askedFields.map((field) => ({ field, value: "", fault })),
    );
    assert.equal(form.language, language);
    assert.ok(form.title && form.text && form.save);
    assert.equal(new Set(fields.map(({ label }) => label)).size, askedFields.length);
    for (const { error } of fields) assert.match(error ?? "", /00100/);
    assert.equal(thanksPage(order).language, language);
  });
}

test("a link that does not work speaks the browser's language", () => {
  assert.equal(voidPage("fi-FI,fi;q=0.9,en;q=0.8").language, "fi");
  assert.equal(voidPage("xx,de-AT;q=0.5").language, "de");
  assert.equal(voidPage("nn-NO").language, "nb");
  assert.equal(slowPage("").language, "en");
  assert.equal(voidPage("he").direction, "rtl");
});
