// One order as PostNord's booking message: one shipment, one parcel. Keys without a value are left
// out, since an empty string is refused.
import type { Order } from "../../order/order.ts";
import { customsInvoice } from "./customs-invoice.ts";
import { needsCustoms } from "./destination.ts";
import { localeOf } from "./locale.ts";
import { homeOf, type Settings } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import type { ServicePoint } from "./service-point.ts";
import type { ServiceChoice } from "./service-rules.ts";
import { kilograms, totalGrams } from "./weight.ts";

export interface Parcel {
  readonly order: Order;
  readonly recipient: Recipient;
  readonly choice: ServiceChoice;
  readonly servicePoint: ServicePoint | undefined;
}

export function ediInstruction(parcel: Parcel, settings: Settings, now: Date) {
  const { order, recipient, choice } = parcel;
  const at = now.toISOString();
  const grossWeight = kilograms(totalGrams(order, settings));
  const reference = order.reference;
  const customs = needsCustoms(settings.sender, recipient)
    ? { customsInvoice: customsInvoice(order, recipient, settings, now) }
    : {};
  return {
    messageDate: at,
    messageFunction: "Instruction",
    messageId: `${reference}-${now.getTime().toString(36)}`,
    application: { applicationId: settings.applicationId, name: "ordna", version: "1" },
    language: localeOf(order, settings.locale),
    updateIndicator: "Original",
    shipment: [
      {
        shipmentIdentification: { shipmentId: "0" },
        dateAndTimes: { loadingDate: at },
        service: {
          basicServiceCode: choice.service,
          additionalServiceCode: choice.additional,
        },
        numberOfPackages: { value: 1 },
        totalGrossWeight: grossWeight,
        references: [{ referenceNo: reference, referenceType: "CU" }],
        parties: {
          consignor: consignor(settings),
          consignee: consignee(recipient),
          ...(parcel.servicePoint ? { deliveryParty: deliveryParty(parcel.servicePoint) } : {}),
        },
        goodsItem: [
          {
            packageTypeCode: "PC",
            goodsDescription: settings.goodsDescription,
            items: [
              {
                itemIdentification: { itemId: "0" },
                grossWeight,
                ...dimensions(settings),
                references: [{ referenceNo: reference, referenceType: "ZPR" }],
              },
            ],
          },
        ],
        ...customs,
      },
    ],
  };
}

function consignor({ issuer, customerNumber, sender }: Settings) {
  const { name, streets, postalCode, city, country, contactName, email, phone } = sender;
  return {
    issuerCode: issuer,
    partyIdentification: { partyId: customerNumber, partyIdType: "160" },
    party: {
      nameIdentification: { name },
      address: { streets, postalCode, city, countryCode: country },
      contact: { contactName, emailAddress: email, phoneNo: phone, smsNo: phone },
    },
  };
}

function consignee(recipient: Recipient) {
  const { careOfName, state, email, phone, sms } = recipient;
  const issuer = Object.entries(homeOf).find(([, home]) => home === recipient.country)?.[0];
  return {
    ...(issuer ? { issuerCode: issuer } : {}),
    party: {
      nameIdentification: { name: recipient.name, ...(careOfName ? { careOfName } : {}) },
      address: {
        streets: recipient.streets,
        postalCode: recipient.postalCode,
        city: recipient.city,
        ...(state ? { state } : {}),
        countryCode: recipient.country,
      },
      contact: {
        contactName: recipient.contactName,
        ...(email ? { emailAddress: email } : {}),
        ...(phone ? { phoneNo: phone } : {}),
        ...(sms ? { smsNo: sms } : {}),
      },
    },
  };
}

function deliveryParty(point: ServicePoint) {
  const { name, streets, postalCode, city, country } = point;
  return {
    partyIdentification: { partyId: point.id, partyIdType: "156" },
    party: {
      nameIdentification: { name },
      address: { streets, postalCode, city, countryCode: country },
    },
  };
}

function dimensions({ parcelCm }: Settings) {
  if (!parcelCm) return {};
  const cm = (value: number) => ({ value, unit: "CMT" });
  const { length, width, height } = parcelCm;
  return { dimensions: { length: cm(length), width: cm(width), height: cm(height) } };
}
