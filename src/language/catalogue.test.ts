import assert from "node:assert/strict";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { catalogue, isLanguage, languages, type MessageId } from "./catalogue.ts";

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
/** Words that only English has. */
const english =
  /\b(the|your|you|have|order|invoice|parcel|delivery|refund|refunded|delayed|attached|hello|thank|thanks|amount|quantity|item|total amount|regards|questions|reply)\b/i;
const scripts: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  bg: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  he: /\p{Script=Hebrew}/u,
  sr: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
};

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
    const own = scripts[language];
    for (const [id, text] of Object.entries(messages)) {
      const words = text.replace(/\{\w+(, plural,|\})|\b(zero|one|two|few|many|other) \{/g, " ");
      assert.doesNotMatch(words, english, id);
      assert.notEqual(text, text === "Total" ? "" : catalogue.en[id as MessageId], id);
      if (own) assert.match(words, own, id);
      if (own) assert.doesNotMatch(words.replace(/PDF/g, ""), /\p{Script=Latin}/u, id);
    }
  });
}

test("Serbian in Latin letters is the same Serbian, letter by letter", () => {
  const letters =
    "а a б b в v г g д d ђ đ е e ж ž з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ ć у u ф f х h ц c ч č џ dž ш š".split(
      " ",
    );
  const latin = (text: string) =>
    text.replace(/\p{Script=Cyrillic}/gu, (letter) => {
      const found = letters[letters.indexOf(letter.toLowerCase()) + 1] ?? "?";
      return letter === letter.toLowerCase()
        ? found
        : found.charAt(0).toUpperCase() + found.slice(1);
    });
  for (const [id, text] of Object.entries(catalogue.sr)) {
    assert.equal(catalogue["sr-Latn"][id as MessageId], latin(text), id);
  }
});

test("a name of every object is no language", () => {
  assert.equal(isLanguage("constructor"), false);
  assert.equal(isLanguage("__proto__"), false);
});
