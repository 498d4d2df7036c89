// What a shop says about its Zoho CRM in ordna.config.ts.
import { z } from "zod";
import { isTimeZone } from "../../order/local-date.ts";
import { dataCentreNames } from "./data-centres.ts";

const apiName = z.string().regex(/^[A-Za-z]\w{0,99}$/, "must be an API name such as Invoice_No");
const pickListValue = z.string().min(1).max(120);
const secretName = z.strictObject({ env: z.string().min(1).max(200) });

const schema = z.strictObject({
  /** Where the organisation lives; the ending of the address you log in at. */
  dataCentre: z.enum(dataCentreNames).default("eu"),
  clientId: secretName,
  clientSecret: secretName,
  refreshToken: secretName,
  /**
   * Currency of the organisation: the Amount of a deal is read in it unless `multiCurrency` is on.
   */
  homeCurrency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as "EUR"'),
  /** True when multiple currencies are switched on in Zoho CRM and those of the shop are active. */
  multiCurrency: z.boolean().default(false),
  /** Custom text field of Deals with "Do not allow duplicate values": it makes repeating safe. */
  orderField: apiName.default("External_Order_ID"),
  stage: pickListValue.default("Closed Won"),
  pipeline: pickListValue.optional(),
  leadSource: pickListValue.optional(),
  /** Of the shop: a deal closes on the day on which it was paid there. */
  timeZone: z.string().refine(isTimeZone, 'must be a zone like "Europe/Helsinki"').default("UTC"),
  /** Tags of every new deal. */
  tags: z.array(z.string().min(1).max(50)).max(10).readonly().default([]),
  /** Where lines, addresses and notes of the order go: the deal's Description, or a note under it. */
  details: z.enum(["description", "note"]).default("description"),
  /** Sales orders with the lines of the order; without this the connector makes none. */
  salesOrders: z
    .strictObject({
      /** Custom text field of Sales_Orders with "Do not allow duplicate values". */
      orderField: apiName.default("External_Order_ID"),
      status: pickListValue.optional(),
      /** Id of the product for a line whose SKU is no Product_Code; without it such an order waits. */
      otherProduct: z
        .string()
        .regex(/^\d{1,30}$/, "must be a record's id")
        .optional(),
    })
    .optional(),
  /** What a purchase may change of a contact that exists. */
  overwrite: z.enum(["never", "empty", "always"]).default("empty"),
  /** Automation that our writes may start. Zoho starts everything when it is not told. */
  trigger: z
    .array(z.enum(["workflow", "approval", "blueprint"]))
    .readonly()
    .default([]),
  /**
   * Fields of Deals for what is known after dispatch; without one it becomes a line of Description.
   */
  fields: z
    .strictObject({
      trackingNumber: apiName.optional(),
      trackingUrl: apiName.optional(),
      invoiceNumber: apiName.optional(),
    })
    .default({}),
  /** How a quote is written inside a COQL string. Not verified, hence a choice. */
  coqlQuote: z.enum(["backslash", "doubled"]).default("backslash"),
});

export type ZohoOptions = z.input<typeof schema>;
export type ZohoSettings = Readonly<z.output<typeof schema>>;

export function zohoSettings(options: ZohoOptions): ZohoSettings {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TypeError(`zoho(): ${issue?.path.join(".") || "options"}: ${issue?.message}.`);
}
