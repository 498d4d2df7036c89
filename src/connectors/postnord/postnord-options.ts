import { z } from "zod";
import { toE164 } from "../../address/phone.ts";
import type { Secret } from "../../connector-kit/connector.ts";
import { defaultServiceRules, type ServiceRule } from "./service-rules.ts";

/** The PostNord company that invoices you, and the country parcels leave from: DK, SE, NO, FI. */
export type Issuer = "Z11" | "Z12" | "Z13" | "Z14";
export type PostnordLocale = "sv" | "da" | "no" | "fi" | "en";

interface Sender {
  readonly name: string;
  readonly streets: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly contactName: string;
  readonly email: string;
  readonly phone: string;
}

interface CustomsOptions {
  /** Yours, with its country prefix: "FI12345678". */
  readonly vatNumber: string;
  readonly eoriNumber?: string;
  /** Norway's VOEC registration; sent with parcels to Norway. */
  readonly voec?: string;
  /** The UK's VAT registration; sent with parcels to Great Britain. */
  readonly hmrc?: string;
  /** "DAP", "DDP". */
  readonly termsOfSale?: string;
}

export interface PostnordOptions {
  readonly apiKey: Secret;
  readonly issuer: Issuer;
  readonly customerNumber: string;
  /** The number that PostNord gave your integration ("shipping software id"). */
  readonly applicationId: number;
  readonly sender: Sender;
  /** PostNord's test system: it validates, and forgets at once what was booked. */
  readonly sandbox?: boolean;
  /** Grams for one piece of a line without weight. Default: such an order waits for a person. */
  readonly defaultWeightGrams?: number;
  readonly parcelCm?: {
    readonly length: number;
    readonly width: number;
    readonly height: number;
  };
  /** What the parcel holds, in up to 35 characters. Default: "Goods". */
  readonly goodsDescription?: string;
  /** The first rule that fits decides. Default: home, else service point; companies: Parcel. */
  readonly services?: readonly ServiceRule[];
  /** Where your agreement's parcels go. Default: Europe. */
  readonly countries?: readonly string[];
  /** What the recipient reads. Default: the order's language where PostNord has it, or English. */
  readonly locale?: PostnordLocale;
  /** Needed for what leaves the EU's VAT area: Norway, Great Britain, Switzerland, Åland. */
  readonly customs?: CustomsOptions;
  /** How long after it was sent a booking may still appear, ms. Default: 60 000. */
  readonly maxServerMs?: number;
  /** How long a booking may be missing from tracking, ms. Default: 120 000. */
  readonly maxLagMs?: number;
}

export type Settings = ReturnType<typeof completeOptions>;

export const homeOf: Readonly<Record<Issuer, string>> = {
  Z11: "DK",
  Z12: "SE",
  Z13: "NO",
  Z14: "FI",
};

const customerNumberDigits: Readonly<Record<Issuer, RegExp>> = {
  Z11: /^\d{9}$/,
  Z12: /^(\d{8}|\d{10})$/,
  Z13: /^\d{7}$/,
  Z14: /^(\d{8}|\d{10})$/,
};

const text = (max: number) =>
  z.string().trim().min(1, "is empty").max(max, `is over ${max} characters`);
const country = z.string().regex(/^[A-Z]{2}$/, 'write the country like "FI"');
const ms = z.number().int().min(1_000).max(86_400_000);
const centimetres = z.number().positive().max(500);

const optionsSchema = z.strictObject({
  apiKey: z.strictObject({ env: z.string().min(1) }),
  issuer: z.enum(["Z11", "Z12", "Z13", "Z14"], "write Z11 (DK), Z12 (SE), Z13 (NO) or Z14 (FI)"),
  customerNumber: z.string(),
  applicationId: z.number().int("is a whole number").positive(),
  sender: z.strictObject({
    name: text(60),
    streets: z.array(text(50)).min(1, "name at least one street line").max(4),
    postalCode: text(12),
    city: text(35),
    country,
    contactName: text(50),
    email: z.email("is no e-mail address").max(70),
    phone: text(50),
  }),
  sandbox: z.boolean().optional(),
  defaultWeightGrams: z.number().int().positive().max(35_000).optional(),
  parcelCm: z
    .strictObject({ length: centimetres, width: centimetres, height: centimetres })
    .optional(),
  goodsDescription: text(35).optional(),
  services: z
    .array(
      z.strictObject({
        to: z.union([z.enum(["domestic", "nordic", "eu", "rest"]), z.array(country).min(1)]),
        business: z.boolean().optional(),
        service: z.enum(
          ["11", "17", "18", "19", "30"],
          "only 11, 17, 18, 19 and 30 are supported: the others need customs forms or pallets",
        ),
        additional: z.array(z.string().regex(/^[A-Z]\d$/, 'write it like "C7"')),
      }),
    )
    .min(1, "write at least one rule")
    .optional(),
  countries: z.array(country).min(1).optional(),
  locale: z.enum(["sv", "da", "no", "fi", "en"]).optional(),
  customs: z
    .strictObject({
      vatNumber: text(18),
      eoriNumber: text(17).optional(),
      voec: text(20).optional(),
      hmrc: text(20).optional(),
      termsOfSale: text(10).optional(),
    })
    .optional(),
  maxServerMs: ms.optional(),
  maxLagMs: ms.optional(),
});

/** The options with their defaults; throws a sentence for the author of the configuration. */
export function completeOptions(options: PostnordOptions) {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw wrong(issue?.path.join(".") ?? "", issue?.message ?? "");
  }
  const { issuer, customerNumber, sender } = parsed.data;
  const home = homeOf[issuer];
  if (!customerNumberDigits[issuer].test(customerNumber)) {
    throw wrong(
      "customerNumber",
      `"${customerNumber}" is no customer number of ${home} (${issuer})`,
    );
  }
  if (sender.country !== home) {
    throw wrong("sender.country", `${issuer} sends from ${home}, not from ${sender.country}`);
  }
  const phone = toE164(sender.phone, sender.country);
  if (!phone) throw wrong("sender.phone", "is no telephone number");
  return {
    ...parsed.data,
    sender: { ...sender, phone },
    home,
    goodsDescription: parsed.data.goodsDescription ?? "Goods",
    services: parsed.data.services ?? defaultServiceRules,
    maxServerMs: parsed.data.maxServerMs ?? 60_000,
    maxLagMs: parsed.data.maxLagMs ?? 120_000,
  };
}

function wrong(field: string, why: string): Error {
  return new Error(`postnord({ ${field} }): ${why}.`);
}
