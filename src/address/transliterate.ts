// Greek and Cyrillic as their countries write themselves in Latin letters.
// Greek: ELOT 743. Ukrainian: Cabinet of Ministers, resolution 55 of 2010. Bulgarian: Transliteration Act of 2009.
// Serbian: its own Latin alphabet. Russian: ICAO Doc 9303.

type Table = Readonly<Record<string, string>>;

const russian: Table = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "ie",
  ы: "y",
  ь: "",
  э: "e",
  ю: "iu",
  я: "ia",
};
const ukrainian: Table = {
  ...russian,
  г: "h",
  ґ: "g",
  е: "e",
  є: "ie",
  и: "y",
  і: "i",
  ї: "i",
  й: "i",
  "'": "",
  "’": "",
  ʼ: "",
};
const ukrainianFirst: Table = { є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" };
const bulgarian: Table = {
  ...russian,
  й: "y",
  х: "h",
  щ: "sht",
  ъ: "a",
  ь: "y",
  ю: "yu",
  я: "ya",
};
const serbian: Table = {
  ...russian,
  ђ: "đ",
  ж: "ž",
  ј: "j",
  љ: "lj",
  њ: "nj",
  ћ: "ć",
  х: "h",
  ц: "c",
  ч: "č",
  џ: "dž",
  ш: "š",
};
const cyrillic: Readonly<Record<string, Table>> = { UA: ukrainian, BG: bulgarian, RS: serbian };

const greek: Table = {
  α: "a",
  β: "v",
  γ: "g",
  δ: "d",
  ε: "e",
  ζ: "z",
  η: "i",
  θ: "th",
  ι: "i",
  κ: "k",
  λ: "l",
  μ: "m",
  ν: "n",
  ξ: "x",
  ο: "o",
  π: "p",
  ρ: "r",
  σ: "s",
  ς: "s",
  τ: "t",
  υ: "y",
  φ: "f",
  χ: "ch",
  ψ: "ps",
  ω: "o",
};
const voiced = "αβγδεζηλιμνορω";

/** Letters of `text` that are Greek or Cyrillic become Latin ones, by the rules of `country`; all others stay. */
export function transliterate(text: string, country: string): string {
  if (!/[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(text)) return text;
  const table = cyrillic[country] ?? russian;
  return text
    .normalize("NFC")
    .split(/(\p{Script=Greek}+|[\p{Script=Cyrillic}'’ʼ]+)/u)
    .map((part) => {
      if (/\p{Script=Greek}/u.test(part)) return inCase(part, greekWord);
      return /\p{Script=Cyrillic}/u.test(part)
        ? inCase(part, (word) => cyrillicWord(word, table))
        : part;
    })
    .join("");
}

function cyrillicWord(word: string, table: Table): string {
  let latin = "";
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? "";
    const first = table === ukrainian && at === 0 ? ukrainianFirst[letter] : undefined;
    if (table === ukrainian && letter === "г" && word[at - 1] === "з") latin += "gh";
    else if (
      table === bulgarian &&
      letter === "я" &&
      at === word.length - 1 &&
      word[at - 1] === "и"
    )
      latin += "a";
    else latin += first ?? table[letter] ?? letter;
  }
  return latin;
}

function greekWord(accented: string): string {
  // A diaeresis keeps vowels apart; an accent on the first does, too.
  const word = accented.normalize("NFD");
  let latin = "";
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? "";
    if (/\p{M}/u.test(letter)) continue;
    const next = word[at + 1] ?? "";
    const after = word.slice(at + 2).replace(/^\u0301/, "")[0] ?? "";
    const isApart = word[at + 2] === "\u0308";
    const pair = letter + next;
    if (pair === "ου") latin += "ou";
    else if (/^[αεη]υ$/.test(pair) && !isApart)
      latin += greek[letter] + (voiced.includes(after) && after ? "v" : "f");
    else if (/^γ[γξχ]$/.test(pair)) latin += `n${next === "γ" ? "g" : greek[next]}`;
    else if (pair === "μπ") latin += at === 0 || at + 2 >= word.length ? "b" : "mp";
    else {
      latin += greek[letter] ?? letter;
      continue;
    }
    at += 1;
  }
  return latin;
}

/** "Щербак" is "Shcherbak", "ЩЕРБАК" is "SHCHERBAK". */
function inCase(word: string, change: (lower: string) => string): string {
  const lower = word.toLowerCase();
  const latin = change(lower);
  if (word === lower) return latin;
  if (word.length > 1 && word === word.toUpperCase()) return latin.toUpperCase();
  return latin.slice(0, 1).toUpperCase() + latin.slice(1);
}
