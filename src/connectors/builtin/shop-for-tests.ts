// A shop with its own books, for tests.
import { anOrder } from "../../connector-kit/sample-order.ts";
import { type Money, money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import { legalMention } from "../../tax/legal-mention.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import { draftOf, placed } from "./compose-content.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import { type BuiltinOptions, readSettings } from "./options.ts";

export const options: BuiltinOptions = {
  seller: {
    name: "Pikkuna Oy",
    vatId: "FI12345671",
    companyId: "1234567-1",
    street: "Satamakatu 3",
    postalCode: "00160",
    city: "Helsinki",
    country: "FI",
    email: "orders@example.com",
    phone: "+358 40 111 2223",
  },
  timeZone: "Europe/Helsinki",
};

export const eur = (minor: number) => money(minor, "EUR");

/** Of the sample order: all of it Finnish, 25.5 %. */
export function aVatDecision(overrides: Partial<VatDecision> = {}): VatDecision {
  return decisionOf(anOrder(), [2738, 366, 140], { ratePercent: "25.5", category: "S" }, overrides);
}

/** What an order comes to when every line and the shipping carry `vats`. */
export function decisionOf(
  order: Order,
  vats: readonly number[],
  rated: Pick<VatDecision["groups"][number], "ratePercent" | "category">,
  overrides: Partial<VatDecision> = {},
): VatDecision {
  const parts = [...order.lines, ...(order.shipping ? [order.shipping] : [])];
  const lines = parts.map(({ total }, index) => {
    const vat = money(vats[index] ?? 0, order.currency);
    const net = money(total.minor - vat.minor, order.currency);
    const of = index < order.lines.length ? index : ("shipping" as const);
    return { of, ...rated, net, vat, gross: total };
  });
  const total = sums(lines, order.currency);
  return {
    scheme: "domestic",
    territory: "FI",
    destination: "FI",
    taxPoint: order.paidAt.slice(0, 10),
    total,
    groups: [{ ...rated, ...total }],
    lines,
    rounding: "line",
    mentions: [],
    sellerTaxIds: [{ type: "vat", value: "FI12345671" }],
    customsDeclarationRequired: false,
    reviews: [],
    explanation: "Consumer in Finland, domestic sale, 25.5 %.",
    ...overrides,
  };
}

type Amounts = Readonly<Record<"net" | "vat" | "gross", Money>>;

export function sums(parts: readonly Amounts[], currency: string): Amounts {
  const of = (name: keyof Amounts) =>
    money(
      parts.reduce((sum, part) => sum + part[name].minor, 0n),
      currency,
    );
  return { net: of("net"), vat: of("vat"), gross: of("gross") };
}

/** Sold to a business in another member state, without VAT: category K. */
export function toGermany(): { order: Order; vat: VatDecision } {
  const order = anOrder({
    locale: { tag: "de", source: "session" },
    buyer: {
      name: "Jürgen Muster",
      company: "Beispiel GmbH & Co. KG",
      email: "einkauf@example.com",
      address: { line1: "Musterstraße 1", city: "Berlin", postalCode: "10115", country: "DE" },
    },
    taxIds: [{ type: "eu_vat", value: "DE123456789" }],
  });
  const vat = decisionOf(
    order,
    [],
    { ratePercent: "0", category: "K" },
    {
      scheme: "intra-eu",
      territory: "DE",
      destination: "DE",
      exemption: { code: "VATEX-EU-IC" },
      mentions: [legalMention("intra-community", "de")],
      buyerVatId: "DE123456789",
    },
  );
  return { order, vat };
}

/** Exported: category G. */
export function toNorway(locale = "nb"): { order: Order; vat: VatDecision } {
  const order = anOrder({
    locale: { tag: locale, source: "session" },
    shipTo: {
      name: "Example Buyer",
      address: { line1: "Storgata 1", city: "Tromsø", postalCode: "9008", country: "NO" },
    },
  });
  const vat = decisionOf(
    order,
    [],
    { ratePercent: "0", category: "G" },
    {
      scheme: "export",
      territory: "NO",
      destination: "NO",
      exemption: { code: "VATEX-EU-G" },
      mentions: [legalMention("export", locale)],
      customsDeclarationRequired: true,
    },
  );
  return { order, vat };
}

/** Two rates, a line below zero and a shipping that both rates share. */
export function ofTwoRates(locale = "fi"): { order: Order; vat: VatDecision } {
  const sample = anOrder();
  const [first, second] = sample.lines;
  if (!first || !second) throw new Error("The sample order has two lines.");
  const line = (gross: number, rest: Partial<typeof first>) => ({
    ...first,
    discount: eur(0),
    total: eur(gross),
    ...rest,
  });
  const order = anOrder({
    locale: { tag: locale, source: "session" },
    lines: [
      line(13473, {}),
      line(2997, { description: "Kirja: Łódź ja Ελλάδα, Київ", sku: "BOOK-7", quantity: 3 }),
      line(-500, { description: "Gift card", quantity: 1 }),
    ],
    total: eur(13473 + 2997 - 500 + 690),
  });
  const part = (of: number | "shipping", rate: string, gross: number, vat: number) => ({
    ...{ of, ratePercent: rate, category: "S" as const },
    ...{ net: eur(gross - vat), vat: eur(vat), gross: eur(gross) },
  });
  const lines = [
    part(0, "25.5", 13473, 2738),
    part(1, "13.5", 2997, 356),
    part(2, "25.5", -500, -102),
    part("shipping", "25.5", 564, 115),
    part("shipping", "13.5", 126, 15),
  ];
  const groups = ["25.5", "13.5"].map((ratePercent) => ({
    ...{ ratePercent, category: "S" as const },
    ...sums(
      lines.filter((one) => one.ratePercent === ratePercent),
      "EUR",
    ),
  }));
  return { order, vat: aVatDecision({ lines, groups, total: sums(lines, "EUR") }) };
}

/** Issued as number 2026-00001 on 24 November, a day after it was paid. */
export function contentOf(
  { order, vat }: { order: Order; vat: VatDecision } = { order: anOrder(), vat: aVatDecision() },
  kind: InvoiceContent["kind"] = "invoice",
  more: Partial<BuiltinOptions> = {},
): InvoiceContent {
  const settings = readSettings({ ...options, ...more });
  const corrects =
    kind === "credit-note" ? { number: "2026-00001", issuedOn: "2026-11-24" } : undefined;
  const draft = draftOf({ order, vat }, kind, settings, corrects);
  const label = kind === "invoice" ? "2026-00001" : "C2026-00001";
  return placed(draft, { label, issuedOn: "2026-11-24" });
}
