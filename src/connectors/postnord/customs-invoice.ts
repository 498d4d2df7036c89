// The commercial invoice that customs reads with a parcel that leaves the EU's VAT area.
import { ActionError } from "../../connector-kit/action-error.ts";
import { add, exponentOf, type Money, money, subtract, toDecimal } from "../../order/money.ts";
import type { Order, OrderLine } from "../../order/order.ts";
import type { Issuer, Settings } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import { kilograms, lineGrams } from "./weight.ts";

const timeZones: Readonly<Record<Issuer, string>> = {
  Z11: "Europe/Copenhagen",
  Z12: "Europe/Stockholm",
  Z13: "Europe/Oslo",
  Z14: "Europe/Helsinki",
};

export function customsInvoice(order: Order, recipient: Recipient, settings: Settings, now: Date) {
  const { customs } = settings;
  if (!customs) throw missing("customs", "Your VAT number is not configured for customs");
  const lines = order.lines.filter((line) => line.quantity > 0);
  const total = lines.map((line) => netOf(line)).reduce(add, money(0, order.currency));
  const grams = lines.reduce((sum, line) => sum + lineGrams(line, settings), 0);
  const { termsOfSale, voec, hmrc } = customs;
  return {
    type: "COMMERCIAL",
    declarationType: "invoiceExportDeclaration",
    seller: seller(settings, customs),
    buyer: buyer(recipient),
    invoice: {
      // The VAT invoice is made after the parcel, so customs gets the order's reference.
      invoiceNo: order.reference,
      // 1000 means sale.
      reasonForExportation: "1000",
      shippingDate: localDate(now, timeZones[settings.issuer]),
      ...(termsOfSale ? { termsOfSale } : {}),
    },
    detailedDescription: lines.flatMap((line) => declared(line, settings)),
    totalNetWeight: kilograms(grams),
    totalGrossWeight: kilograms(grams),
    invoiceTotal: amount(total),
    ...(voec && recipient.country === "NO" ? { voec } : {}),
    ...(hmrc && recipient.country === "GB" ? { hmrc } : {}),
  };
}

function seller(settings: Settings, customs: NonNullable<Settings["customs"]>) {
  const { sender, customerNumber } = settings;
  return {
    partyIdentification: { partyId: customerNumber, partyIdType: "160" },
    vatNo: customs.vatNumber,
    name: sender.name,
    streets: sender.streets,
    postalCode: sender.postalCode,
    city: sender.city,
    countryCode: sender.country,
    // One object in spite of its plural.
    contacts: { name: sender.contactName, phoneNo: sender.phone },
    ...(customs.eoriNumber ? { eoriNo: customs.eoriNumber } : {}),
  };
}

function buyer(recipient: Recipient) {
  if (!recipient.phone) {
    throw new ActionError("permanent", "Customs needs the recipient's telephone number.", {
      cause: "address.phone_required",
      field: "shipTo.phone",
    });
  }
  return {
    name: recipient.name,
    streets: recipient.streets,
    postalCode: recipient.postalCode,
    city: recipient.city,
    countryCode: recipient.country,
    contacts: { name: recipient.contactName, phoneNo: recipient.phone },
  };
}

/**
 * A line as customs counts it: whole pieces at a price each. Three pieces for 10.00 have no such
 * price, so they become two at 3.33 and one at 3.34: the entries must add up to the invoice.
 */
function declared(line: OrderLine, settings: Settings) {
  const hsTariffNumber = (line.hsCode ?? "").replace(/\D/g, "");
  const name = `"${line.description.slice(0, 80)}"`;
  if (hsTariffNumber.length < 6) {
    throw missing(`lines.${line.id}.hsCode`, `${name} has no customs tariff code of 6 digits`);
  }
  const origin = line.originCountry?.toUpperCase() ?? "";
  if (!/^[A-Z]{2}$/.test(origin)) {
    throw missing(`lines.${line.id}.originCountry`, `${name} has no country of origin`);
  }
  const net = netOf(line);
  const pieces = BigInt(line.quantity);
  if (net.minor < pieces) throw missing(`lines.${line.id}.total`, `${name} has no value`);
  const gramsEach = lineGrams(line, settings) / line.quantity;
  const dearer = Number(net.minor % pieces);
  const entry = (quantity: number, minor: bigint) => ({
    content: line.description.slice(0, 1025),
    quantity,
    hsTariffNumber,
    countryOfOrigin: origin,
    netWeight: kilograms(gramsEach * quantity),
    grossWeight: kilograms(gramsEach * quantity),
    itemValue: amount(money(minor, net.currency)),
  });
  const each = net.minor / pieces;
  const entries = [entry(line.quantity - dearer, each), entry(dearer, each + 1n)];
  return entries.filter(({ quantity }) => quantity > 0);
}

/** What the goods cost without VAT, discounts taken off. */
const netOf = (line: OrderLine) => subtract(line.total, line.tax);

function amount(value: Money) {
  if (exponentOf(value.currency) > 2) {
    throw missing("currency", `PostNord cannot declare amounts in ${value.currency}`);
  }
  // A JSON number with two decimals at most: PostNord takes no string here.
  return { amount: Number(toDecimal(value)), currency: value.currency };
}

/** "2026-11-24": the day where the parcel starts. */
function localDate(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}

function missing(field: string, why: string): ActionError {
  return new ActionError("permanent", `${why}: customs needs it before the parcel may leave.`, {
    cause: "customs.missing",
    field,
  });
}
