// What it comes to: the VAT of each rate, the sums, what was paid, and the sentences that the law wants.
import type { InvoiceContent } from "./invoice-content.ts";
import type { Look, Sheet } from "./pdf-sheet.ts";
import type { Say } from "./say.ts";

const label: Look = { size: 7.5, colour: "#66717f" };
const boxWidth = 300;

export function drawTotals(sheet: Sheet, content: InvoiceContent, say: Say): void {
  const { groups, mentions } = content;
  const sentences = mentions.map(({ text }) => text);
  const room = sheet.width;
  const words = sentences.reduce((sum, text) => sum + sheet.heightOf(text, room) + 3, 0);
  // Sums stay together, with their sentences.
  const height = 60 + groups.length * 16 + 5 * 17 + words;
  if (sheet.y + height > sheet.bottom) sheet.newPage();
  sheet.y += 8;
  drawRates(sheet, content, say);
  sheet.y += 12;
  drawSums(sheet, content, say);
  sheet.y += 14;
  for (const sentence of [...sentences, ...ownCurrency(content, say)]) {
    sheet.y += sheet.text(sentence, 0, room) + 3;
  }
}

function drawRates(sheet: Sheet, { groups }: InvoiceContent, say: Say): void {
  const start = sheet.width - 4 * 90;
  const row = (cells: readonly string[], look: Look) => {
    const heights = cells.map((cell, index) =>
      sheet.text(cell, start + index * 90, 86, { ...look, align: "end" }),
    );
    sheet.y += Math.max(...heights) + 3;
  };
  const heads = (["vat_rate", "net", "vat", "gross"] as const).map((id) => say.word(id));
  row(heads, { ...label, isBold: true });
  for (const { ratePercent, net, vat, gross } of groups) {
    row([say.percent(ratePercent), ...[net, vat, gross].map(say.money)], {});
  }
}

function drawSums(sheet: Sheet, content: InvoiceContent, say: Say): void {
  const { total, settled, open, kind, paidOn } = content;
  const settledWord =
    kind === "invoice" ? say.word("paid", { date: say.day(paidOn) }) : say.word("refunded");
  const sums: readonly [string, InvoiceContent["open"], Look][] = [
    [say.word("total_net"), total.net, {}],
    [say.word("total_vat"), total.vat, {}],
    [say.word("total"), total.gross, { size: 11, isBold: true }],
    [settledWord, settled, {}],
    ...(kind === "invoice"
      ? [[say.word("to_pay"), open, { isBold: true }] as [string, typeof open, Look]]
      : []),
  ];
  const start = sheet.width - boxWidth;
  for (const [name, amount, look] of sums) {
    const named = sheet.text(name, start, boxWidth - 110, look);
    const amounts: Look = { ...look, align: "end" };
    sheet.y += Math.max(named, sheet.text(say.money(amount), sheet.width - 104, 100, amounts)) + 4;
  }
}

function ownCurrency({ ownCurrency }: InvoiceContent, say: Say): string[] {
  if (!ownCurrency) return [];
  const { vat, rate, source, day } = ownCurrency;
  const values = { rate: say.apart(rate), source: say.apart(source), date: say.day(day) };
  const sentence = { currency: vat.currency, amount: say.money(vat), ...values };
  return [say.word("vat_in_currency", sentence)];
}
