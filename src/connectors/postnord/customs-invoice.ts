// The commercial invoice that customs reads with a parcel that leaves the EU's VAT area.
import { ActionError } from "../../connector-kit/action-error.ts";
import { isInEu } from "../../connector-kit/customs-border.ts";
import {
  type CustomsLine,
  customsGoods,
  customsMissing,
} from "../../connector-kit/customs-goods.ts";
import { localDate } from "../../order/local-date.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { customsAmount } from "./customs-amount.ts";
import type { Issuer } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import { kilograms } from "./weight.ts";

const timeZones: Readonly<Record<Issuer, string>> = {
  Z11: "Europe/Copenhagen",
  Z12: "Europe/Stockholm",
  Z13: "Europe/Oslo",
  Z14: "Europe/Helsinki",
};

export interface CustomsCase {
  readonly order: Order;
  readonly recipient: Recipient;
  /** What all parcels weigh together, packaging included. */
  readonly grossGrams: number;
}

type Customs = NonNullable<Settings["customs"]>;

export function customsInvoice(parcel: CustomsCase, settings: Settings, now: Date) {
  const { order, recipient, grossGrams } = parcel;
  const customs = customsOf(settings, recipient);
  const { lines, net, grams } = customsGoods(order, settings);
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
      // The day where the parcel starts.
      shippingDate: localDate(now, timeZones[settings.issuer]),
      termsOfSale: customs.ddpTo?.includes(recipient.country) ? "DDP" : customs.termsOfSale,
    },
    detailedDescription: lines.flatMap(declared),
    totalNetWeight: kilograms(grams),
    totalGrossWeight: kilograms(grossGrams),
    invoiceTotal: customsAmount(net),
    ...schemesOf(customs, settings.home, recipient),
  };
}

/** The seller's numbers for customs; throws when one is missing that this parcel needs. */
export function customsOf({ customs, sender }: Settings, to: Recipient): Customs {
  if (!customs) throw customsMissing("customs", "Your VAT number is not configured for customs");
  // Whoever sells out of the EU's customs union is known there by this number.
  if (!customs.eoriNumber && isInEu(sender.country) && !isInEu(to.country)) {
    throw customsMissing(
      "customs.eoriNumber",
      "Your EORI number is not configured",
      "customs.eori_missing",
    );
  }
  return customs;
}

/** Numbers of the schemes under which the seller has already taken the buyer's VAT. */
export function schemesOf({ voec, hmrc, ioss }: Customs, home: string, { country }: Recipient) {
  return {
    ...(voec && country === "NO" ? { voec } : {}),
    ...(hmrc && country === "GB" ? { hmrc } : {}),
    ...(ioss && isInEu(country) && !isInEu(home) ? { ioss } : {}),
  };
}

function seller(settings: Settings, customs: Customs) {
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
function declared({ content, quantity, hsTariffNumber, origin, grams, net }: CustomsLine) {
  const pieces = BigInt(quantity);
  const dearer = Number(net.minor % pieces);
  const each = net.minor / pieces;
  const entry = (count: number, minor: bigint) => ({
    content,
    quantity: count,
    hsTariffNumber,
    countryOfOrigin: origin,
    netWeight: kilograms((grams / quantity) * count),
    grossWeight: kilograms((grams / quantity) * count),
    itemValue: customsAmount(money(minor, net.currency)),
  });
  const entries = [entry(quantity - dearer, each), entry(dearer, each + 1n)];
  return entries.filter((one) => one.quantity > 0);
}
