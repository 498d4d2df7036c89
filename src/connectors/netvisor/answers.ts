// What Netvisor's lists and documents hold, as far as we believe them.
import { z } from "zod";
import { fromDecimal, type Money } from "../../order/money.ts";
import { netvisorKey } from "./api.ts";

const text = z.string().max(10_000);

/** Answers mix "123,45", "244.12" and "200". */
export const amountText = z.string().transform((value, context): Money => {
  try {
    return fromDecimal(value, "EUR");
  } catch {
    context.addIssue({ code: "custom", message: "it is not an amount" });
    return z.NEVER;
  }
});

/** One element, several, or none at all. */
function several<T>(item: z.ZodType<T>) {
  return z.preprocess(
    (value) => (value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
}

/** A list holds one element, several, or (as `<List />`) none. */
function listOf<T>(name: string, item: z.ZodType<T>) {
  return z
    .preprocess((value) => (value === "" ? {} : value), z.object({ [name]: several(item) }))
    .transform((list): readonly T[] => list[name] ?? []);
}

export const customerListAnswer = z.object({
  customerlist: listOf("customer", z.object({ netvisorkey: netvisorKey, code: text })),
});

export const productListAnswer = z.object({
  productlist: listOf("product", z.object({ productcode: text.optional() })),
});

const listedInvoice = z
  .object({
    netvisorkey: netvisorKey,
    invoicenumber: text,
    referencenumber: text.optional(),
    invoicesum: amountText,
    opensum: amountText,
    privatecomment: text.optional(),
    additionalinformation: z
      .union([z.literal(""), z.object({ privatecomment: text.optional() })])
      .optional(),
  })
  .transform(({ additionalinformation, privatecomment, ...invoice }) => ({
    ...invoice,
    privatecomment:
      privatecomment ?? (additionalinformation ? additionalinformation.privatecomment : undefined),
  }));

export type ListedInvoice = Readonly<z.infer<typeof listedInvoice>>;

export const salesInvoiceListAnswer = z.object({
  salesinvoicelist: listOf("salesinvoice", listedInvoice),
});

/** Not found is OK with an empty `<SalesInvoice />`. */
export const salesInvoiceAnswer = z.object({
  salesinvoice: z.union([
    z.literal("").transform(() => undefined),
    z.object({
      salesinvoicenumber: z.string().min(1).max(50),
      salesinvoicereferencenumber: text.optional(),
      // Only told to finance: an amount that nobody can read is none.
      salesinvoiceamount: amountText.optional().catch(undefined),
      lastsentinvoicepdfbase64data: z.string().optional(),
    }),
  ]),
});

/** Line sums have up to four decimals: in ten-thousandths. */
const fineAmount = z
  .string()
  .regex(/^-?\d{1,15}([.,]\d{1,4})?$/, "it is not an amount")
  .transform((value): bigint => {
    const [whole = "", fraction = ""] = value.split(/[.,]/);
    return BigInt(whole + fraction.padEnd(4, "0"));
  });

const sumsOfLine = z.object({
  productvatpercentage: z.string().regex(/^\d{1,3}([.,]\d{1,4})?$/, "it is not a rate"),
  salesinvoiceproductlinevatsum: fineAmount,
  salesinvoiceproductlinesum: fineAmount,
});

/** What an invoice adds up to. Answers put several product lines into one `<InvoiceLine>`. */
export const invoiceSumsAnswer = z.object({
  salesinvoice: z.union([
    z.literal("").transform(() => undefined),
    z.object({
      salesinvoicenumber: z.string(),
      salesinvoicereferencenumber: text.optional(),
      salesinvoiceamount: amountText,
      invoicelines: z.object({
        invoiceline: several(z.object({ salesinvoiceproductline: several(sumsOfLine) })),
      }),
    }),
  ]),
});

export const salesPaymentListAnswer = z.object({
  salespaymentlist: listOf(
    "salespayment",
    z.object({
      netvisorkey: netvisorKey,
      sum: amountText,
      invoicenumber: text.optional(),
      foreigncurrencyamount: z
        .union([z.literal("").transform(() => undefined), amountText])
        .optional(),
    }),
  ),
});
