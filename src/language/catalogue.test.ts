import assert from "node:assert/strict";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { catalogue, isLanguage, languages, type MessageId } from "./catalogue.ts";
import { assertOwnWords, serbianInLatin } from "./words-for-tests.ts";

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

const plurals = ["more_items", "refund_days"] as const;
const categories = new Map([
  ["ar", 6],
  ["ga", 5],
  ["mt", 5],
  ["pl", 4],
  ["lt", 4],
  ["sl", 4],
  ["cs", 4],
  ["lv", 3],
  ["he", 3],
]);

test("the 24 languages of the Union and eight of its neighbours are there", () => {
  const union = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv";
  const neighbours = "nb is uk tr sr sr-Latn ar he";
  assert.deepEqual([...languages].sort(), `${union} ${neighbours}`.split(" ").sort());
});

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
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    assert.ok(pluralCategories.length >= (categories.get(language) ?? 2));
    for (const id of plurals) {
      const plural = parse(messages[id] ?? "", language).find((part) => "options" in part);
      assert.ok(plural && "options" in plural, id);
      assert.deepEqual(Object.keys(plural.options).sort(), [...pluralCategories].sort(), id);
    }
  });

  test(`${language} has no markup, no bidi controls and no stray English`, () => {
    for (const [id, text] of Object.entries(messages)) {
      assert.doesNotMatch(text, /[<>&\u200E\u200F\u202A-\u202E\u2066-\u2069]|^\s|\s$|'/u, id);
    }
    if (language === "en") return;
    for (const [id, text] of Object.entries(messages)) {
      assertOwnWords(language, text, id);
      assert.notEqual(text, text === "Total" ? "" : catalogue.en[id as MessageId], id);
    }
  });
}

test("Serbian in Latin letters is the same Serbian, letter by letter", () => {
  for (const [id, text] of Object.entries(catalogue.sr)) {
    assert.equal(catalogue["sr-Latn"][id as MessageId], serbianInLatin(text), id);
  }
});

test("a name of every object is no language", () => {
  assert.equal(isLanguage("constructor"), false);
  assert.equal(isLanguage("__proto__"), false);
});
