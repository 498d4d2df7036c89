// One order as PostNord's booking message: one shipment, of one parcel or several.

import { needsCustoms, ownCountryCode } from "../../connector-kit/customs-border.ts";
import type { Order } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { customsInvoice } from "./customs-invoice.ts";
import { localeOf } from "./locale.ts";
import { markOf, type Way } from "./own-reference.ts";
import { parcelsOf } from "./parcels.ts";
import { customerParty, pointParty, shopParty } from "./parties.ts";
import { postalDeclaration } from "./postal-declaration.ts";
import type { Recipient } from "./recipient.ts";
import type { ServicePoint } from "./service-point.ts";
import type { ServiceChoice } from "./service-rules.ts";
import { services } from "./service-table.ts";
import { kilograms } from "./weight.ts";

export interface Parcel {
  readonly order: Order;
  readonly recipient: Recipient;
  readonly choice: ServiceChoice;
  readonly servicePoint: ServicePoint | undefined;
}

export type EdiInstruction = ReturnType<typeof instructionOf>;

export function ediInstruction(parcel: Parcel, settings: Settings, now: Date): EdiInstruction {
  const { order, choice } = parcel;
  const isPostal = services[choice.service].customs === "postal";
  const country = isPostal ? ownCountryCode(parcel.recipient) : parcel.recipient.country;
  const recipient = { ...parcel.recipient, country };
  const grams = parcelsOf(order, choice, country, settings);
  const point = parcel.servicePoint;
  return instructionOf(order, settings, now, {
    way: "out",
    service: choice.service,
    additional: choice.additional,
    grams,
    parties: {
      consignor: shopParty(settings, settings.sender),
      consignee: customerParty(recipient),
      ...(point ? { deliveryParty: pointParty(point) } : {}),
    },
    customs: customsPapers({ order, recipient, grossGrams: total(grams) }, isPostal, settings, now),
  });
}

interface Contents {
  readonly way: Way;
  readonly service: string;
  readonly additional: readonly string[];
  /** Of each parcel. */
  readonly grams: readonly number[];
  readonly parties: object;
  readonly customs: object;
}

export function instructionOf(order: Order, settings: Settings, now: Date, contents: Contents) {
  const { way, service, additional, grams, parties, customs } = contents;
  const at = now.toISOString();
  const mark = markOf(order, way);
  return {
    messageDate: at,
    messageFunction: "Instruction",
    messageId: `${mark}-${now.getTime().toString(36)}`,
    application: { applicationId: settings.applicationId, name: "ordna", version: "1" },
    language: localeOf(order, settings.locale),
    // An update or a deletion is known in Sweden alone, and was seen to book anew there.
    updateIndicator: "Original",
    shipment: [
      {
        shipmentIdentification: { shipmentId: "0" },
        dateAndTimes: { loadingDate: at },
        service: { basicServiceCode: service, additionalServiceCode: additional },
        numberOfPackages: { value: grams.length },
        totalGrossWeight: kilograms(total(grams)),
        references: [{ referenceNo: mark, referenceType: "CU" }],
        parties,
        goodsItem: [
          {
            packageTypeCode: "PC",
            goodsDescription: settings.goodsDescription,
            items: grams.map((each) => itemOf(each, mark, settings)),
          },
        ],
        ...customs,
      },
    ],
  };
}

function itemOf(grams: number, mark: string, { parcelCm }: Settings) {
  const cm = (value: number) => ({ value, unit: "CMT" });
  return {
    // PostNord allocates the number.
    itemIdentification: { itemId: "0" },
    grossWeight: kilograms(grams),
    ...(parcelCm
      ? {
          dimensions: {
            length: cm(parcelCm.length),
            width: cm(parcelCm.width),
            height: cm(parcelCm.height),
          },
        }
      : {}),
    references: [{ referenceNo: mark, referenceType: "ZPR" }],
  };
}

function customsPapers(
  parcel: Parameters<typeof customsInvoice>[0],
  isPostal: boolean,
  settings: Settings,
  now: Date,
): object {
  if (!needsCustoms(settings.sender, parcel.recipient)) return {};
  if (isPostal) return postalDeclaration(parcel, settings);
  return { customsInvoice: customsInvoice(parcel, settings, now) };
}

const total = (grams: readonly number[]) => grams.reduce((sum, each) => sum + each, 0);
