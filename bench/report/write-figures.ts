// Puts the tables into docs/performance.md, between the two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/places.mjs";

const file = join(root, "docs", "performance.md");
const begins = "<!-- figures: written by npm run bench -- --write -->";
const ends = "<!-- end of figures -->";

export function writeFigures(text: string): void {
  const page = readFileSync(file, "utf8");
  const [from, to] = [page.indexOf(begins), page.indexOf(ends)];
  if (from < 0 || to < from) throw new Error(`${file} has lost the marks that hold the figures.`);
  writeFileSync(file, `${page.slice(0, from + begins.length)}\n\n${text}\n${page.slice(to)}`);
}
