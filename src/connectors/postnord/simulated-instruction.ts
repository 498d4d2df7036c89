// The booking message as PostNord's manual defines it, as far as connectors use it, and the faults
// that PostNord answers to any other.
import { z } from "zod";

const text = (max: number) => z.string().min(1).max(max);
const quantity = (units: readonly string[]) =>
  z.looseObject({ value: z.number().nonnegative(), unit: z.enum([...units]) });
const weight = quantity(["KGM", "GRM", "TON"]);
const length = quantity(["CMT", "MTR"]);
const references = z
  .array(z.looseObject({ referenceNo: text(35), referenceType: text(3) }))
  .optional();
const partyIdentification = z.looseObject({ partyId: text(17), partyIdType: text(3) });
const issuerCode = z.enum(["Z11", "Z12", "Z13", "Z14"]);
const country = z.string().length(2);
const amount = z.looseObject({ amount: z.number(), currency: z.string().length(3) });

const party = z.looseObject({
  nameIdentification: z.looseObject({
    name: text(60),
    companyName: text(60).optional(),
    careOfName: text(60).optional(),
  }),
  address: z.looseObject({
    streets: z.array(text(50)).optional(),
    postalCode: text(20),
    city: text(35),
    countryCode: country,
    state: text(35).optional(),
    placeName: text(60).optional(),
  }),
  contact: z
    .looseObject({
      contactName: text(50).optional(),
      emailAddress: text(70).optional(),
      phoneNo: text(50).optional(),
      smsNo: text(50).optional(),
    })
    .optional(),
});

const customsParty = z.looseObject({
  name: text(60),
  streets: z.array(text(50)),
  city: text(35),
  postalCode: text(20),
  countryCode: country,
  contacts: z.looseObject({ name: text(60), phoneNo: text(50) }),
});

const categories = [
  "GIFT",
  "DOCUMENT",
  "RETURNED GOODS",
  "COMMERCIAL SAMPLE",
  "OTHER",
  "SALE OF GOODS",
] as const;

const customsInvoice = z.looseObject({
  type: z.enum(["COMMERCIAL", "PROFORMA"]),
  seller: customsParty.extend({
    partyIdentification,
    vatNo: text(18),
    eoriNo: text(35).optional(),
  }),
  buyer: customsParty,
  invoice: z.looseObject({ invoiceNo: text(100), reasonForExportation: z.enum(["1000", "1040"]) }),
  detailedDescription: z
    .array(
      z.looseObject({
        content: text(1025),
        quantity: z.int(),
        hsTariffNumber: z.string().regex(/^\d{6,}$/),
        countryOfOrigin: country,
        netWeight: weight,
        itemValue: amount,
      }),
    )
    .min(1),
  totalGrossWeight: weight,
  invoiceTotal: amount,
});

const postalDeclaration = z.looseObject({
  EORIorPersonalIdNumber: text(17).optional(),
  voec: z.string().optional(),
  ioss: z.string().optional(),
  categoryOfItem: z.looseObject({ categoryType: z.array(z.enum(categories)) }).optional(),
  detailedDescription: z
    .array(
      z.looseObject({
        content: text(1025),
        quantity: z.looseObject({ value: z.int().max(999_999) }).optional(),
        grossWeight: weight.optional(),
        value: amount.optional(),
        hsTariffNumber: z.string().optional(),
        countryCode: country.optional(),
      }),
    )
    .min(1)
    .max(13),
  totalGrossWeight: weight.optional(),
  totalValue: amount,
});

const shipment = z.looseObject({
  shipmentIdentification: z.looseObject({ shipmentId: text(35) }).optional(),
  service: z.looseObject({
    basicServiceCode: text(10),
    additionalServiceCode: z.array(z.string()).optional(),
  }),
  numberOfPackages: z.looseObject({ value: z.int() }).optional(),
  totalGrossWeight: weight.optional(),
  references,
  freeText: z
    .array(z.looseObject({ usageCode: z.string().length(3), text: text(1000) }))
    .optional(),
  parties: z.looseObject({
    consignor: z.looseObject({ issuerCode, partyIdentification, party }),
    consignee: z.looseObject({
      issuerCode: issuerCode.optional(),
      partyIdentification: partyIdentification.optional(),
      party,
    }),
    deliveryParty: z
      .object({ partyIdentification: partyIdentification.optional(), party })
      .optional(),
  }),
  goodsItem: z
    .array(
      z.looseObject({
        packageTypeCode: z.string().length(2).optional(),
        goodsDescription: text(35).optional(),
        items: z
          .array(
            z.looseObject({
              itemIdentification: z.looseObject({ itemId: text(35) }),
              grossWeight: weight.optional(),
              dimensions: z
                .looseObject({ length, width: length, height: length })
                .partial()
                .optional(),
              references,
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  customsInvoice: customsInvoice.optional(),
  customsDeclarationCN22: postalDeclaration.extend({ postalCharges: amount.optional() }).optional(),
  customsDeclarationCN23: postalDeclaration.extend({ postalCharges: amount }).optional(),
});

const instructionSchema = z.looseObject({
  messageDate: z.iso.datetime({ offset: true }),
  messageId: text(36).optional(),
  application: z
    .looseObject({
      applicationId: z.int(),
      name: text(35),
      version: z.string().max(35).optional(),
    })
    .optional(),
  language: z.string().length(2).optional(),
  updateIndicator: z.enum(["Original", "Update", "Deletion"]),
  testIndicator: z.boolean().optional(),
  shipment: z.array(shipment).min(1).max(200),
});

type SimulatedInstruction = z.infer<typeof instructionSchema>;
export type SimulatedShipment = z.infer<typeof shipment>;

export interface Fault {
  readonly explanationText: string;
  readonly faultCode?: string;
  readonly faultReferences?: readonly { readonly key: string; readonly value: string }[];
}

type Reading =
  | { readonly kind: "message"; readonly instruction: SimulatedInstruction }
  | { readonly kind: "invalid"; readonly faults: readonly Fault[] };

export function readInstruction(body: unknown): Reading {
  const parsed = instructionSchema.safeParse(body);
  if (parsed.success) return { kind: "message", instruction: parsed.data };
  return { kind: "invalid", faults: parsed.error.issues.map((issue) => faultOf(issue, body)) };
}

function faultOf(issue: z.core.$ZodIssue, body: unknown): Fault {
  const field = String(issue.path.findLast((part) => typeof part === "string") ?? "ediInstruction");
  const value = valueAt(body, issue.path);
  const subType = field.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return {
    explanationText: explain(field, value, issue),
    faultReferences: [
      { key: "CustomerOriginValidationError.type", value: "MANDATORY_FIELDS_MISSING" },
      { key: "CustomerOriginValidationError.subType", value: subType },
    ],
  };
}

const integers = new Set(["applicationId", "quantity"]);

function explain(field: string, value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined) return `${field} is a required field`;
  if (issue.code === "invalid_type") {
    const type = integers.has(field) ? "integer" : issue.expected;
    return `${field} (${value}) is not a type of ${type}`;
  }
  return `${field} is not valid`;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    body,
  );
}
