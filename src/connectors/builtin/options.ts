// Who issues the invoices, and how they are numbered.
import { z } from "zod";
import type { Series } from "../../connector-kit/books.ts";
import { isTimeZone } from "../../order/local-date.ts";

const text = z.string().trim().min(1).max(200);

const seriesSchema = z
  .string()
  .regex(
    /^(?:[A-Z0-9-]|\{year\}){0,20}$/,
    'A-Z, 0-9, "-" and {year} only, at most 20 characters: "{year}-"',
  )
  .refine(
    (prefix) => prefix === "" || prefix.endsWith("-"),
    'It ends with "-", so that the number can be told from it',
  );

const optionsSchema = z.strictObject({
  seller: z.strictObject({
    /** As registered. */
    name: text,
    /** With the country in front: "FI12345678". Under OSS, that of the state of identification. */
    vatId: z
      .string()
      .regex(/^[A-Z]{2}[A-Z0-9+*]{2,13}$/, "The country's two letters, then the number"),
    /** Of the trade register: "1234567-8". */
    companyId: text.optional(),
    street: text,
    postalCode: text,
    city: text,
    country: z.string().regex(/^[A-Z]{2}$/, "Two capital letters: FI"),
    email: z.email().max(200).optional(),
    phone: text.optional(),
  }),
  /** Where the seller's calendar hangs: documents are dated by it. */
  timeZone: z.string().refine(isTimeZone, "No time zone of this name: Europe/Helsinki"),
  /** In what every number begins; {year} is the year of issue, and begins a new series with it. */
  series: z
    .strictObject({
      invoices: seriesSchema.default("{year}-"),
      /** The same text puts both into one series. */
      creditNotes: seriesSchema.default("C{year}-"),
      /** A shop that moves here in the middle of a series goes on with its own number: { "2026-": 418 }. */
      first: z.record(z.string().max(20), z.int().min(1).max(1e9)).default({}),
      digits: z.int().min(1).max(12).default(5),
    })
    .prefault({}),
  /** Whose books, in the database: two sellers in one Ordna need two. Default: the VAT number. */
  books: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,60}$/, "A-Z, a-z, 0-9, _ and - only")
    .optional(),
  /** What the seller keeps its books in. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("EUR"),
  /** How much of `currency` one of the other is worth, by day: an invoice with VAT in another currency needs it. */
  exchangeRates: z
    .array(
      z.strictObject({
        currency: z.string().regex(/^[A-Z]{3}$/),
        from: z.iso.date(),
        /** Included. */
        until: z.iso.date(),
        rate: z.string().regex(/^\d{1,8}(\.\d{1,8})?$/, 'A decimal number as text: "0.0871"'),
        /** Printed: "ECB". */
        source: text,
      }),
    )
    .default([]),
});

export type BuiltinOptions = z.input<typeof optionsSchema>;
export type BuiltinSettings = z.output<typeof optionsSchema> & { readonly books: string };

export function readSettings(options: BuiltinOptions): BuiltinSettings {
  const read = optionsSchema.safeParse(options);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`builtin({ ${issue?.path.join(".")} }): ${issue?.message}.`);
  }
  return { ...read.data, books: read.data.books ?? read.data.seller.vatId.replace(/[+*]/g, "_") };
}

/** `day`: YYYY-MM-DD. */
export function seriesOf(
  { series }: BuiltinSettings,
  kind: "invoice" | "credit-note",
  day: string,
): Series {
  const text = kind === "invoice" ? series.invoices : series.creditNotes;
  const prefix = text.replaceAll("{year}", day.slice(0, 4));
  return { prefix, first: series.first[prefix] ?? 1, digits: series.digits };
}
