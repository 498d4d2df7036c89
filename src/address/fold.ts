import { transliterate } from "./transliterate.ts";

const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  œ: "oe",
  ı: "i",
  ĸ: "k",
};

/** For comparing only: Latin, without marks, case and punctuation; "Sankt Pölten" is "st polten". */
export function fold(text: string): string {
  return transliterate(text, "")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[ßæøłđðþœıĸ]/g, (letter) => letters[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/\b(sankt|saint|sainte|sint|santa|san)\b/g, "st")
    .trim();
}
