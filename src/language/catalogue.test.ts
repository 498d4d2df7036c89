import assert from "node:assert/strict";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { catalogue, isLanguage, languages } from "./catalogue.ts";

type Ast = ReturnType<IntlMessageFormat["getAst"]>;

/** The names of the arguments of a message, those inside plural branches too. */
function argumentsOf(ast: Ast): Set<string> {
  const names = new Set<string>();
  for (const part of ast) {
    // Type 0 is plain text and 7 the "#" of a plural; everything else is filled by a name.
    if (part.type !== 0 && part.type !== 7) names.add(part.value);
    if (!("options" in part)) continue;
    for (const option of Object.values(part.options)) {
      for (const name of argumentsOf(option.value)) names.add(name);
    }
  }
  return names;
}

const parse = (text: string, language: string) =>
  new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();

const ids = Object.keys(catalogue.en).sort();

for (const language of languages) {
  const messages: Readonly<Record<string, string>> = catalogue[language];

  test(`${language} says everything that English says, about the same things`, () => {
    assert.deepEqual(Object.keys(messages).sort(), ids);
    for (const [id, english] of Object.entries(catalogue.en)) {
      const own = argumentsOf(parse(messages[id] ?? "", language));
      assert.deepEqual([...own].sort(), [...argumentsOf(parse(english, "en"))].sort(), id);
    }
  });

  test(`${language} counts in all the ways that its grammar has`, () => {
    const [plural] = parse(messages.more_items ?? "", language);
    assert.ok(plural && "options" in plural);
    const rules = new Intl.PluralRules(language);
    for (let n = 1; n <= 200; n++) {
      assert.ok(rules.select(n) in plural.options, `${n} is "${rules.select(n)}" in ${language}`);
    }
  });

  test(`${language} has no markup, no bidi controls and no stray English`, () => {
    for (const [id, text] of Object.entries(messages)) {
      assert.doesNotMatch(text, /[<>&\u200E\u200F\u202A-\u202E\u2066-\u2069]|^\s|\s$|'/u, id);
    }
    if (language === "en") return;
    const english = Object.values(catalogue.en).filter((text) => /\w{6}.*\w{4}/.test(text));
    assert.deepEqual(
      Object.values(messages).filter((text) => english.includes(text)),
      [],
    );
  });
}

test("a name of every object is no language", () => {
  assert.equal(isLanguage("constructor"), false);
  assert.equal(isLanguage("__proto__"), false);
});
