// Text in the order in which it is drawn: pdfkit knows nothing of right and left, its font shaper only of one script.
import bidiFactory, { type Bidi } from "bidi-js";

// as: its types tell bundlers of a module with a default; Node is given the function itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
/** They have done their work once the order is known, and have no picture. */
const controls = /\p{Cf}/gu;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export type Direction = "ltr" | "rtl";

/** The pieces of one line from left to right. Each is in the order of its letters; the shaper turns RTL scripts round. */
export function visualRuns(line: string, direction: Direction): string[] {
  if (direction === "ltr" && !rightToLeft.test(line)) return [line.replace(controls, "")];
  const levels = bidi.getEmbeddingLevels(line, direction);
  const mirrored = bidi.getMirroredCharactersMap(line, levels.levels);
  const runs: { text: string; level: number }[] = [];
  for (let index = 0; index < line.length; index++) {
    const level = levels.levels[index] ?? 0;
    const character = mirrored.get(index) ?? line[index] ?? "";
    const run = runs.at(-1);
    if (run && run.level === level) run.text += character;
    else runs.push({ text: character, level });
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  // Rule L2 of the Unicode bidirectional algorithm, on runs instead of letters.
  for (let level = highest; level > 0; level--) turnRound(runs, level);
  return runs.map(drawn).filter((text) => text !== "");
}

function turnRound(runs: { text: string; level: number }[], level: number): void {
  for (let from = 0; from < runs.length; from++) {
    if ((runs[from]?.level ?? 0) < level) continue;
    let to = from;
    while ((runs[to]?.level ?? -1) >= level) to++;
    runs.splice(from, to - from, ...runs.slice(from, to).reverse());
    from = to;
  }
}

function drawn({ text, level }: { text: string; level: number }): string {
  const plain = text.replace(controls, "");
  // Nothing in it tells the shaper its direction.
  const isTurnedHere = level % 2 === 1 && !rightToLeft.test(plain);
  return isTurnedHere ? [...plain].reverse().join("") : plain;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Breaks at spaces; a word that is too long by itself is broken anywhere between its letters. */
export function wrapped(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  const put = (piece: string, gap: string) => {
    const longer = line === "" ? piece : `${line}${gap}${piece}`;
    if (widthOf(longer) <= width) {
      line = longer;
      return true;
    }
    return false;
  };
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    if (put(word, " ")) continue;
    if (line !== "") lines.push(line);
    line = "";
    if (put(word, "")) continue;
    for (const { segment } of graphemes.segment(word)) {
      if (put(segment, "")) continue;
      if (line !== "") lines.push(line);
      line = segment;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}
