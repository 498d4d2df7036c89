// From a paid order and its VAT decision to all that the law wants on its invoice.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { DocumentKind, DocumentPlace } from "../../connector-kit/books.ts";
import { invoiceWords } from "../../language/invoice-words.ts";
import { matchLocale, regionalTag } from "../../language/match-locale.ts";
import { oneLine } from "../../language/one-line.ts";
import { localDate } from "../../order/local-date.ts";
import { exponentOf, money, toDecimal } from "../../order/money.ts";
import type { Order, Party } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import { contentLines } from "./content-lines.ts";
import type { ContentParty, InvoiceContent } from "./invoice-content.ts";
import type { BuiltinSettings } from "./options.ts";
import { inOwnCurrency } from "./own-currency.ts";

export interface Sale {
  readonly order: Order;
  readonly vat: VatDecision;
}

export type Draft = Omit<InvoiceContent, "number" | "issuedOn" | "suppliedOn">;

/** Everything but number and day, which are known last. What cannot be on an invoice is refused before it has a number. */
export function draftOf(
  { order, vat }: Sale,
  kind: DocumentKind,
  settings: BuiltinSettings,
  corrects?: InvoiceContent["corrects"],
): Draft {
  refuseOtherSum(order, vat);
  const language = matchLocale(order.locale.tag);
  const buyerVatId = vat.buyerVatId ?? order.taxIds[0]?.value;
  const buyer = partyOf(order.buyer, order.shipTo);
  const ownCurrency = inOwnCurrency(vat, settings);
  return {
    version: 1,
    kind,
    language,
    locale: regionalTag(order.locale.tag, language),
    currency: order.currency,
    seller: sellerOf(settings, vat),
    sellerTaxIds: vat.sellerTaxIds.filter(({ type }) => type !== "vat"),
    buyer: buyerVatId ? { ...buyer, vatId: buyerVatId } : buyer,
    deliverTo: partyOf(order.shipTo, order.buyer),
    reference: order.reference,
    ...(order.shopOrder?.trim() ? { shopOrder: oneLine(order.shopOrder, 100) } : {}),
    paidOn: localDate(order.paidAt, settings.timeZone),
    ...(corrects ? { corrects } : {}),
    lines: contentLines(order, vat, invoiceWords(language)("shipping")),
    groups: [...vat.groups],
    total: vat.total,
    settled: vat.total.gross,
    open: money(0, order.currency),
    ...(vat.exemption ? { exemptionCode: vat.exemption.code } : {}),
    mentions: [...vat.mentions],
    ...(ownCurrency ? { ownCurrency } : {}),
  };
}

/** The goods leave as their invoice is issued; a credit note says when they did. */
export function placed(draft: Draft, { label, issuedOn }: DocumentPlace): InvoiceContent {
  return { ...draft, number: label, issuedOn, suppliedOn: draft.corrects?.issuedOn ?? issuedOn };
}

function sellerOf({ seller }: BuiltinSettings, vat: VatDecision): ContentParty {
  const { name, vatId, companyId, street, postalCode, city, country, email, phone } = seller;
  return {
    name,
    vatId: vat.sellerTaxIds.find(({ type }) => type === "vat")?.value ?? vatId,
    ...(companyId ? { companyId } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    address: { line1: street, postalCode, city, country },
  };
}

/** `other` lends what a checkout asked only once. Full name and address: Art. 226(5). */
function partyOf(party: Party, other: Party): ContentParty {
  const [company, person] = [oneLine(party.company, 200), oneLine(party.name ?? other.name, 200)];
  const address = party.address?.country ? party.address : other.address;
  const name = company || person;
  const country = address?.country;
  if (!name || !country) {
    const [what, field] = name ? ["country", "buyer.address.country"] : ["name", "buyer.name"];
    const message = `The buyer's ${what} is not known, and an invoice has to state it.`;
    throw new ActionError("permanent", message, { cause: "address.incomplete", field });
  }
  const place = { ...address, country };
  const lines = Object.entries(place).map(([key, value]) => [key, oneLine(value, 300)] as const);
  return {
    name,
    ...(company && person ? { contact: person } : {}),
    ...(party.email ? { email: oneLine(party.email, 200) } : {}),
    address: { ...Object.fromEntries(lines.filter(([, value]) => value !== "")), country },
  };
}

function refuseOtherSum(order: Order, { lines, groups, total }: VatDecision): void {
  const refuse = (why: string) =>
    new ActionError("permanent", why, { cause: "invoice.total_differs" });
  if (exponentOf(order.currency) > 2) {
    const why = `An invoice has no third decimal for ${order.currency}.`;
    throw new ActionError("permanent", why, { cause: "order.unsupported" });
  }
  if (total.gross.currency !== order.currency) {
    throw refuse(`VAT was decided in ${total.gross.currency}, and ${order.currency} was paid.`);
  }
  for (const name of ["net", "vat", "gross"] as const) {
    for (const parts of [lines, groups]) {
      const sum = parts.reduce((before, part) => before + part[name].minor, 0n);
      if (sum !== total[name].minor)
        throw refuse("The lines of the VAT decision are not its total.");
    }
  }
  if (total.gross.minor !== order.total.minor) {
    const [invoiced, paid] = [toDecimal(total.gross), toDecimal(order.total)];
    throw refuse(`The invoice would be ${invoiced} ${order.currency}, but ${paid} was paid.`);
  }
}
