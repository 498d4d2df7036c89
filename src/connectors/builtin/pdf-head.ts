// The upper part of the first page, and the foot of all.
import type { ContentParty, InvoiceContent } from "./invoice-content.ts";
import { type Look, page, type Sheet } from "./pdf-sheet.ts";
import type { Say } from "./say.ts";

const label: Look = { size: 7.5, colour: "#66717f" };

export function drawHead(sheet: Sheet, content: InvoiceContent, say: Say): void {
  const { kind, seller, corrects } = content;
  const half = sheet.width / 2 - 10;
  const title = say.word(kind === "invoice" ? "invoice" : "credit_note");
  const top = sheet.y;
  const name = sheet.text(seller.name, 0, half, { size: 13, isBold: true, lines: 3 });
  const heading = sheet.text(title, sheet.width / 2, sheet.width / 2, {
    ...{ size: 19, isBold: true, align: "end" },
  });
  sheet.y = top + Math.max(name, heading) + 2;
  sheet.y += sheet.text(content.number, sheet.width / 2, sheet.width / 2, {
    ...{ size: 11, align: "end", colour: "#66717f" },
  });
  sheet.y += 12;
  sheet.rule("#1c2430", 1.2);
  sheet.y += 10;
  drawFacts(sheet, factsOf(content, say));
  if (corrects) {
    const { number, issuedOn } = corrects;
    const values = { number: say.apart(number), date: say.day(issuedOn) };
    sheet.y += sheet.text(say.word("corrects", values), 0, sheet.width, { isBold: true }) + 6;
  }
  sheet.y += 6;
}

function factsOf(content: InvoiceContent, say: Say): [string, string][] {
  const { number, issuedOn, suppliedOn, paidOn, shopOrder, reference } = content;
  return [
    [say.word("number"), number],
    [say.word("issued_on"), say.day(issuedOn)],
    [say.word("supplied_on"), say.day(suppliedOn)],
    [say.word("paid_on"), say.day(paidOn)],
    [say.word("order"), shopOrder ?? reference],
    [say.word("payment_reference"), reference],
  ];
}

/** Three in a row. */
function drawFacts(sheet: Sheet, facts: readonly [string, string][]): void {
  const width = sheet.width / 3;
  for (let index = 0; index < facts.length; index += 3) {
    const row = facts.slice(index, index + 3);
    const top = sheet.y;
    let height = 0;
    for (const [column, [name, value]] of row.entries()) {
      sheet.y = top;
      sheet.y += sheet.text(name, column * width, width - 10, label);
      const taken = sheet.text(value, column * width, width - 10, { size: 9.5 });
      height = Math.max(height, sheet.y - top + taken);
    }
    sheet.y = top + height + 8;
  }
}

export function drawParties(sheet: Sheet, content: InvoiceContent, say: Say): void {
  const { seller, sellerTaxIds, buyer, deliverTo } = content;
  const ids = sellerTaxIds.map(({ type, value }) => `${idName(type, say)}: ${say.apart(value)}`);
  const columns: readonly [string, string[]][] = [
    [say.word("seller"), [...partyLines(seller, say), ...ids]],
    [say.word("buyer"), partyLines(buyer, say)],
    ...(isSamePlace(buyer, deliverTo)
      ? []
      : [[say.word("deliver_to"), partyLines(deliverTo, say)] as [string, string[]]]),
  ];
  const width = sheet.width / 3;
  const top = sheet.y;
  let bottom = top;
  for (const [index, [title, lines]] of columns.entries()) {
    sheet.y = top;
    sheet.y += sheet.text(title, index * width, width - 12, { ...label, isBold: true }) + 2;
    for (const [at, line] of lines.entries()) {
      sheet.y += sheet.text(line, index * width, width - 12, { isBold: at === 0, lines: 4 });
    }
    bottom = Math.max(bottom, sheet.y);
  }
  sheet.y = bottom + 18;
}

const idNames: Readonly<Record<string, string>> = {
  "uk-vat": "UK VAT",
  voec: "VOEC",
  "swiss-vat": "CH MWST/TVA/IVA",
};

const idName = (type: string, say: Say) => idNames[type] ?? say.word("tax_id");

const postalCodeLast = new Set(["US", "CA", "AU", "GB", "IE", "NZ", "IN"]);

function partyLines({ name, contact, vatId, companyId, email, address }: ContentParty, say: Say) {
  const { line1, line2, postalCode, city, state, country } = address;
  const isLast = postalCodeLast.has(country);
  const town = isLast ? [city, state, postalCode] : [postalCode, city];
  const alone = (text: string | undefined) => text && say.apart(text);
  const named = (id: "vat_id" | "company_id", value: string | undefined) =>
    value && `${say.word(id)}: ${say.apart(value)}`;
  return [
    ...[name, contact, line1, line2, town.filter(Boolean).join(" ")].map(alone),
    ...[alone(isLast ? undefined : state), say.country(country), alone(email)],
    ...[named("vat_id", vatId), named("company_id", companyId)],
  ].filter((line): line is string => Boolean(line));
}

function isSamePlace(buyer: ContentParty, deliverTo: ContentParty): boolean {
  const place = ({ name, contact, address }: ContentParty) =>
    JSON.stringify([contact ?? name, Object.entries(address).sort()]);
  return place(buyer) === place(deliverTo);
}

export function drawFoot(
  sheet: Sheet,
  { seller, number }: InvoiceContent,
  say: Say,
  at: number,
  pages: number,
): void {
  sheet.y = page.height - page.foot + 8;
  sheet.rule();
  sheet.y += 6;
  const { line1, postalCode, city } = seller.address;
  const town = [postalCode, city].filter(Boolean).join(" ");
  const ids = [seller.companyId, seller.vatId, seller.email, seller.phone].map(
    (one) => one && say.apart(one),
  );
  const line = [seller.name, line1, town, ...ids].filter(Boolean).join(" · ");
  sheet.text(line, 0, sheet.width - 150, { ...label, lines: 2 });
  const counted = say.word("page", { page: at, pages });
  sheet.text(`${say.apart(number)} · ${counted}`, sheet.width - 145, 145, {
    ...label,
    align: "end",
  });
}
