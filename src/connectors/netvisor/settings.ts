// What a shop says about its Netvisor company, checked when the configuration is read.
import { z } from "zod";
import type { Secret } from "../../connector-kit/connector.ts";
import { isTimeZone } from "../../order/local-date.ts";
import { type VatCode, vatScope } from "./vat-code.ts";

export interface NetvisorOptions {
  /** Names this software in Netvisor's logs. */
  readonly sender: string;
  readonly customerId: string;
  readonly partnerId: string;
  readonly customerKey: Secret;
  readonly partnerKey: Secret;
  /** The company's Finnish business id, "1234567-8". */
  readonly organisationId: string;
  /** Of Netvisor's error texts. Default "FI". */
  readonly language?: "FI" | "EN" | "SE";
  /** Default "production". */
  readonly host?: "production" | "test";
  /** Where products that we add are put, e.g. "Verkkokauppa". */
  readonly productGroup: string;
  /**
   * How Netvisor treats the VAT of a sale, by "scheme", "scheme/country" or "scheme/country/rate": the closest wins.
   * Sales in Finland (KOMY), exports (EUUM) and sales to companies in the EU (EUMY) are known; for "oss" ask the
   * accountant: `{ "oss/DE": { vatCode: "MUUL", accountNumber: "3010" } }`.
   */
  readonly vatCodes?: Readonly<Record<string, VatCode>>;
  readonly productCodes?: {
    /** "sku": every sku is a product, added when missing. "generic": all goods are `goods`. Default "sku". */
    readonly lines?: "sku" | "generic";
    /** For lines without a sku. Default "WEB". */
    readonly goods?: string;
    /** Default "SHIP". */
    readonly shipping?: string;
    /** For lines below zero without a sku. Default "DISCOUNT". */
    readonly discount?: string;
  };
  /** "list" reads all products at once; "keyword" asks for each, for catalogues beyond 5 MiB. Default "list". */
  readonly productLookUp?: "list" | "keyword";
  /** The payment method's name as Netvisor knows it. Default "Stripe". */
  readonly paymentMethod?: string;
  /** What a credit note says of its invoice; "{invoiceNumber}" must stand in it. Default Finnish and English. */
  readonly creditNoteText?: string;
  /** False leaves it to the accountant to match a credit note with its invoice. Default true. */
  readonly matchCreditNotes?: boolean;
  /** Where the books are kept. Default "Europe/Helsinki". */
  readonly timeZone?: string;
}

const name = z.string("must be a text").trim().min(1, "must not be empty").max(100);
const headerText = name.regex(/^[\x20-\x7e\xa0-\xff]+$/, "must be Western letters only");
const secret = z.object({ env: name }, "must be a secret(), not the key itself");

const schema = z.strictObject({
  sender: headerText,
  customerId: headerText,
  partnerId: headerText,
  customerKey: secret,
  partnerKey: secret,
  organisationId: z.string().regex(/^\d{7}-\d$/, 'must be a business id like "1234567-8"'),
  language: z.enum(["FI", "EN", "SE"]).default("FI"),
  host: z.enum(["production", "test"]).default("production"),
  productGroup: name,
  vatCodes: z
    .record(
      z.string().regex(vatScope, 'must be keyed like "oss", "oss/DE" or "oss/DE/19"'),
      z.strictObject({
        vatCode: z.string().regex(/^[A-Z0-9]{3,10}$/, 'must be a code like "KOMY"'),
        accountNumber: z
          .string()
          .regex(/^\d{1,10}$/, "must be digits")
          .optional(),
      }),
    )
    .superRefine(refuseWrongReturns)
    .default({}),
  productCodes: z
    .strictObject({
      lines: z.enum(["sku", "generic"]).default("sku"),
      goods: name.default("WEB"),
      shipping: name.default("SHIP"),
      discount: name.default("DISCOUNT"),
    })
    .prefault({}),
  productLookUp: z.enum(["list", "keyword"]).default("list"),
  paymentMethod: name.default("Stripe"),
  creditNoteText: name
    .includes(
      "{invoiceNumber}",
      'must hold "{invoiceNumber}": a credit note has to name its invoice',
    )
    .default("Hyvityslasku laskulle {invoiceNumber} / Credit note for invoice {invoiceNumber}"),
  matchCreditNotes: z.boolean("must be true or false").default(true),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be a zone like "Europe/Helsinki"')
    .default("Europe/Helsinki"),
});

export type Settings = Readonly<z.infer<typeof schema>>;

/** Throws with one sentence that names the setting. */
export function readSettings(options: NetvisorOptions): Settings {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TypeError(`netvisor(): ${issue?.path.join(".") || "options"}: ${issue?.message}.`);
}

/** What would put another country's VAT on a Finnish return, or consumers on the list of sales to companies. */
function refuseWrongReturns(
  vatCodes: Readonly<Record<string, VatCode>>,
  context: z.core.$RefinementCtx,
): void {
  for (const [scope, { vatCode }] of Object.entries(vatCodes)) {
    if (!scope.startsWith("oss") || !["KOMY", "KOMY0", "EUMY"].includes(vatCode)) continue;
    const message = `${vatCode} is never for distance sales: ask the accountant for their code`;
    context.addIssue({ code: "custom", message, path: [scope, "vatCode"] });
  }
}
