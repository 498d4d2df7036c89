// What tests ask of the words of any language.
import assert from "node:assert/strict";

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

/** Nothing English in a message, and no letters but those of its language's own script. */
export function assertOwnWords(language: string, text: string, id: string): void {
  const words = text.replace(/\{\w+(, plural,|\})|\b(zero|one|two|few|many|other) \{/g, " ");
  assert.doesNotMatch(words, english, id);
  const own = scripts[language];
  if (!own) return;
  assert.match(words, own, id);
  assert.doesNotMatch(words.replace(/PDF/g, ""), /\p{Script=Latin}/u, id);
}

const letters =
  "а a б b в v г g д d ђ đ е e ж ž з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ ć у u ф f х h ц c ч č џ dž ш š".split(
    " ",
  );

/** Serbian is written in both alphabets, letter by letter. */
export function serbianInLatin(text: string): string {
  return text.replace(/\p{Script=Cyrillic}/gu, (letter) => {
    const found = letters[letters.indexOf(letter.toLowerCase()) + 1] ?? "?";
    return letter === letter.toLowerCase() ? found : found.charAt(0).toUpperCase() + found.slice(1);
  });
}
