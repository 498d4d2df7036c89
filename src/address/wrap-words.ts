/** `text` in lines of up to `max` characters, broken between words; none if a word is longer. */
export function wrapWords(text: string, max: number): string[] | undefined {
  const lines: string[] = [];
  let line = "";
  for (const word of tidy(text).split(" ")) {
    if (word.length > max) return undefined;
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= max) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line ? [...lines, line] : lines;
}

/** One line without control characters and doubled blanks; "" for nothing. */
export function tidy(text: string | undefined): string {
  return (text ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim();
}
