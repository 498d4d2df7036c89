// A4 pages to draw on: fonts inside, measured from the side where the language begins to read.
import { createRequire } from "node:module";
import type PdfDocument from "pdfkit";
import { type Direction, visualRuns, wrapped } from "./pdf-text.ts";

export interface Look {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly colour?: string;
  readonly align?: "start" | "end";
  /** No more lines than this; the last one ends with an ellipsis. */
  readonly lines?: number;
}

export interface Sheet {
  /** Of the part between the margins. */
  readonly width: number;
  /** Where the next thing goes, from the top of the page. */
  y: number;
  /** Where the foot begins. */
  readonly bottom: number;
  /** Draws at `start` from the beginning side, in `width`; gives the height that it took. */
  text(text: string, start: number, width: number, look?: Look): number;
  /** What `text` would take. */
  heightOf(text: string, width: number, look?: Look): number;
  rule(colour?: string, thickness?: number): void;
  shade(height: number, colour: string): void;
  newPage(): void;
  /** Once for every page when all is drawn; `y` is free to be set. */
  onEveryPage(draw: (page: number, pages: number) => void): void;
}

export const page = { width: 595.28, height: 841.89, margin: 50, foot: 70 } as const;
const leading = 1.32;
export const ink = "#1c2430";

/** Fonts of the reader garble what is not Latin-1, and PDF/A forbids them: these travel in the file. */
export function registerFonts(pdf: PdfKit): void {
  const { resolve } = createRequire(import.meta.url);
  pdf.registerFont("regular", resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  pdf.registerFont("bold", resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"));
}

export type PdfKit = InstanceType<typeof PdfDocument>;

export function sheetOn(pdf: PdfKit, direction: Direction): Sheet {
  const width = page.width - 2 * page.margin;
  const use = ({ size = 9, isBold = false }: Look) => {
    face = { name: isBold ? "bold" : "regular", size };
    pdf.font(face.name).fontSize(size);
    return size * leading;
  };
  // Asking for no features in particular has the whole piece shaped at once, with the font's own.
  const widths = new Map<string, number>();
  let face = { name: "regular", size: 9 };
  /** Shaping costs more than drawing: each piece is shaped once to be measured, whatever its size. */
  const runWidth = (run: string) => {
    const key = `${face.name} ${run}`;
    const known = widths.get(key) ?? pdf.widthOfString(run, { features: [] }) / face.size;
    widths.set(key, known);
    return known * face.size;
  };
  const widthOf = (text: string) =>
    visualRuns(text, direction).reduce((sum, run) => sum + runWidth(run), 0);
  const linesOf = (text: string, room: number, { lines }: Look) => {
    const all = wrapped(drawable(pdf, text), room, widthOf);
    if (lines === undefined || all.length <= lines) return all;
    return [...all.slice(0, lines - 1), `${all[lines - 1] ?? ""}…`];
  };
  const sheet: Sheet = {
    width,
    y: page.margin,
    bottom: page.height - page.foot - 10,
    text(text, start, room, look = {}) {
      const height = use(look);
      const lines = linesOf(text, room, look);
      pdf.fillColor(look.colour ?? ink);
      for (const [index, line] of lines.entries()) {
        const runs = visualRuns(line, direction);
        const taken = runs.reduce((sum, run) => sum + runWidth(run), 0);
        const gap =
          (look.align ?? "start") === (direction === "ltr" ? "start" : "end") ? 0 : room - taken;
        const left = direction === "ltr" ? start : width - start - room;
        let x = page.margin + left + gap;
        for (const run of runs) {
          pdf.text(run, x, sheet.y + index * height, { lineBreak: false, features: [] });
          x += runWidth(run);
        }
      }
      return lines.length * height;
    },
    heightOf(text, room, look = {}) {
      const height = use(look);
      return linesOf(text, room, look).length * height;
    },
    rule(colour = "#d5dae1", thickness = 0.7) {
      pdf.moveTo(page.margin, sheet.y).lineTo(page.margin + width, sheet.y);
      pdf.lineWidth(thickness).strokeColor(colour).stroke();
    },
    shade(height, colour) {
      pdf.rect(page.margin, sheet.y, width, height).fill(colour);
    },
    newPage() {
      pdf.addPage();
      sheet.y = page.margin;
    },
    onEveryPage(draw) {
      const { start, count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index++) {
        pdf.switchToPage(start + index);
        draw(index + 1, count);
      }
    },
  };
  return sheet;
}

const isNotDrawn = /[\s\p{Cf}]/u;

/** What the font has no picture for becomes U+FFFD, which it has: PDF/A allows no letter without one. */
function drawable(pdf: PdfKit, text: string): string {
  // pdfkit gives its font no type; fontkit has this question.
  const { _font } = pdf as unknown as {
    _font: { font: { hasGlyphForCodePoint(code: number): boolean } };
  };
  return [...text.normalize("NFC")]
    .map((letter) =>
      isNotDrawn.test(letter) || _font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)
        ? letter
        : "\ufffd",
    )
    .join("");
}
