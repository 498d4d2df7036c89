// The table of what was bought: as many pages as it needs, its head on each of them.
import type { ContentLine, InvoiceContent } from "./invoice-content.ts";
import type { Look, Sheet } from "./pdf-sheet.ts";
import type { Say } from "./say.ts";

interface Column {
  readonly head: string;
  readonly start: number;
  readonly width: number;
  readonly align: "start" | "end";
  readonly text: (line: ContentLine) => string;
}

const small: Look = { size: 7.5, colour: "#66717f" };
const gap = 8;

export function drawLines(sheet: Sheet, { lines }: InvoiceContent, say: Say): void {
  const columns = columnsOf(sheet.width, say);
  drawHead(sheet, columns);
  for (const line of lines) drawLine(sheet, columns, line, say);
}

function columnsOf(width: number, say: Say): Column[] {
  // The first has room for the longest word that a language has for quantity, in one piece.
  const widths = [64, 78, 44, 74, 74];
  const texts: readonly [string, (line: ContentLine) => string][] = [
    [say.word("quantity"), ({ quantity }) => say.number(quantity)],
    [say.word("unit_price"), ({ unitPrice, net }) => say.price(unitPrice, net.currency)],
    [say.word("vat_rate"), ({ ratePercent }) => say.percent(ratePercent)],
    [say.word("net"), ({ net }) => say.money(net)],
    [say.word("gross"), ({ gross }) => say.money(gross)],
  ];
  const first = width - widths.reduce((sum, one) => sum + one, 0);
  const name = { head: say.word("item"), start: 0, width: first - gap, align: "start" as const };
  let start = first;
  const numbers = texts.map(([head, text], index) => {
    const column = { head, start, width: (widths[index] ?? 0) - gap, align: "end" as const, text };
    start += widths[index] ?? 0;
    return { ...column, start: column.start + gap };
  });
  return [{ ...name, text: (line) => say.apart(line.name) }, ...numbers];
}

function drawHead(sheet: Sheet, columns: readonly Column[]): void {
  const look = (align: Column["align"]): Look => ({ ...small, isBold: true, align });
  const room = ({ width, align }: Column) => width - (align === "end" ? 4 : 0);
  const height = Math.max(
    ...columns.map((column) => sheet.heightOf(column.head, room(column), look(column.align))),
  );
  sheet.shade(height + 10, "#f2f4f7");
  sheet.y += 5;
  for (const column of columns) {
    const { head, start, align } = column;
    sheet.text(head, start + (start === 0 ? 4 : 0), room(column), look(align));
  }
  sheet.y += height + 11;
}

function drawLine(sheet: Sheet, columns: readonly Column[], line: ContentLine, say: Say): void {
  const room = (columns[0]?.width ?? 0) - 4;
  const name = say.apart(line.name);
  const notes = [
    line.sku === undefined ? undefined : say.word("sku", { sku: say.apart(line.sku) }),
    line.discount && say.word("discount", { amount: say.money(line.discount) }),
  ].filter((note) => note !== undefined);
  const height =
    sheet.heightOf(name, room) +
    notes.reduce((sum, note) => sum + sheet.heightOf(note, room, small), 0);
  if (sheet.y + height + 8 > sheet.bottom) {
    sheet.newPage();
    drawHead(sheet, columns);
  }
  const top = sheet.y;
  sheet.text(name, 4, room);
  for (const { text, start, width, align } of columns.slice(1)) {
    sheet.text(text(line), start, width - 4, { align });
  }
  sheet.y += sheet.heightOf(name, room);
  for (const note of notes) sheet.y += sheet.text(note, 4, room, small);
  sheet.y = top + height + 5;
  sheet.rule();
  sheet.y += 5;
}
