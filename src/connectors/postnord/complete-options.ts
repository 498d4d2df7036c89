// The options as a shop wrote them, checked, with their defaults.
import { z } from "zod";
import { toE164 } from "../../address/phone.ts";
import { homeOf, type Issuer, type PostnordOptions, type Sender } from "./postnord-options.ts";
import { canReceiveSms } from "./recipient.ts";
import { defaultServiceRules } from "./service-rules.ts";
import { additionalServices, returnServices, services } from "./service-table.ts";

export type Settings = ReturnType<typeof completeOptions>;

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

const sender = z.strictObject({
  name: text(60),
  streets: z.array(text(50)).min(1, "name at least one street line").max(4),
  postalCode: text(12),
  city: text(35),
  country,
  contactName: text(50),
  email: z.email("is no e-mail address").max(70),
  phone: text(50),
});

const additional = z
  .array(
    z
      .string()
      .regex(/^[A-Z]\d$/, 'write it like "C7"')
      .refine((code) => !additionalServices[code]?.unsupported, {
        error: ({ input }) => `${input} is not supported: ${unsupported(String(input))}`,
      }),
  )
  .readonly();

const unsupported = (code: string) => additionalServices[code]?.unsupported ?? "";

const optionsSchema = z.strictObject({
  apiKey: z.strictObject({ env: z.string().min(1) }),
  issuer: z.enum(["Z11", "Z12", "Z13", "Z14"], "write Z11 (DK), Z12 (SE), Z13 (NO) or Z14 (FI)"),
  customerNumber: z.string(),
  applicationId: z.number().int("is a whole number").positive(),
  sender,
  sandbox: z.boolean().optional(),
  defaultWeightGrams: z.number().int().positive().max(35_000).optional(),
  packagingGrams: z.number().int().min(0).max(10_000).optional(),
  maxParcelGrams: z.number().int().positive().max(1_000_000).optional(),
  parcelCm: z
    .strictObject({ length: centimetres, width: centimetres, height: centimetres })
    .optional(),
  goodsDescription: text(35).optional(),
  services: z
    .array(
      z.strictObject({
        to: z.union([
          z.enum(["domestic", "nordic", "eu", "world", "rest"]),
          z.array(country).min(1),
        ]),
        business: z.boolean().optional(),
        service: z.enum(
          ["11", "17", "18", "19", "30", "91"],
          "only 11, 17, 18, 19, 30 and 91 are supported",
        ),
        additional,
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
      ioss: text(20).optional(),
      termsOfSale: text(10).default("DAP"),
      ddpTo: z.array(country).optional(),
      cn22UpTo: z
        .strictObject({ amount: z.number().positive(), currency: z.string().regex(/^[A-Z]{3}$/) })
        .optional(),
    })
    .optional(),
  labelFormat: z.enum(["pdf", "zpl"], 'write "pdf" or "zpl"').default("pdf"),
  paperSize: z.enum(["A4", "A5", "A6", "LETTER", "LABEL"]).default("LABEL"),
  returns: z
    .strictObject({
      service: z.enum(["24", "20"], "24 and 20 are the services for returns").default("24"),
      additional: additional.default([]),
      path: z.enum(["returns/edi", "edi"]).optional(),
      to: sender.optional(),
      countries: z.array(country).min(1).default(["SE", "DK", "NO", "FI"]),
    })
    .prefault({}),
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
  const from = reachable(sender, "sender.phone");
  for (const { service } of parsed.data.services ?? []) {
    if (!services[service].reach[home]) {
      throw wrong("services", `service ${service} is not offered from ${home}`);
    }
  }
  return {
    ...parsed.data,
    sender: from,
    home,
    packagingGrams: parsed.data.packagingGrams ?? 0,
    returns: returnsOf(parsed.data.returns, from),
    goodsDescription: parsed.data.goodsDescription ?? "Goods",
    services: parsed.data.services ?? defaultServiceRules,
    maxServerMs: parsed.data.maxServerMs ?? 60_000,
    maxLagMs: parsed.data.maxLagMs ?? 120_000,
  };
}

function returnsOf(returns: z.infer<typeof optionsSchema>["returns"], from: Sender) {
  const { service, path } = returns;
  if (!returnServices[service].from.some((home) => home === from.country)) {
    throw wrong("returns.service", `service ${service} is not offered from ${from.country}`);
  }
  const to = returns.to ? reachable(returns.to, "returns.to.phone") : from;
  if (service === "20" && !canReceiveSms(to.phone)) {
    throw wrong("returns", "service 20 needs a mobile number where returns go");
  }
  return { ...returns, to, path: path ?? (service === "24" ? "returns/edi" : "edi") } as const;
}

function reachable(place: Sender, field: string): Sender {
  const phone = toE164(place.phone, place.country);
  if (!phone) throw wrong(field, "is no telephone number");
  return { ...place, phone };
}

function wrong(field: string, why: string): Error {
  return new Error(`postnord({ ${field} }): ${why}.`);
}
