// The order as a deal. The custom field that carries our reference refuses duplicates, so an upsert
// by it is safe to repeat.
import type { Action, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { dealOutput } from "../../connector-kit/outputs.ts";
import { toDecimal } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { Duplicate, FieldValues, ZohoApi } from "./api.ts";
import { describeDeal } from "./deal-description.ts";
import type { FieldMetadata } from "./field-metadata.ts";
import type { ZohoSettings } from "./options.ts";
import { cut, oneLine } from "./plain-text.ts";

interface Input {
  readonly order: Order;
  readonly contactId: string;
}

export function dealAction(
  settings: ZohoSettings,
  connection: Connection,
  api: ZohoApi,
  metadata: FieldMetadata,
): Action<Input, { dealId: string }> {
  const { orderField } = settings;
  return {
    name: "zoho.deal",
    connection,
    output: dealOutput,
    repeat: { how: "safe" },
    record: ({ dealId }) => ({ id: dealId }),
    run: async ({ order, contactId }, call) => {
      await metadata.unique("Deals", orderField, call);
      const fields = dealFields(settings, order, contactId);
      // Without the field named, Zoho would look for a deal of the same Deal_Name and merge
      // strangers.
      const written = await api.upsert("Deals", orderField, fields, call);
      if (written.kind === "written") return { dealId: written.id };
      return { dealId: adopted(written.duplicates, orderField) };
    },
  };
}

function dealFields(settings: ZohoSettings, order: Order, contactId: string): FieldValues {
  const { orderField, stage, pipeline, leadSource, multiCurrency, homeCurrency } = settings;
  const isForeign = order.currency !== homeCurrency && !multiCurrency;
  const remark = isForeign
    ? `Amount is left empty: it would be read as ${homeCurrency}, but ${order.currency} was paid.`
    : undefined;
  return {
    [orderField]: order.reference,
    Deal_Name: dealName(order),
    Stage: stage,
    ...(pipeline ? { Pipeline: pipeline } : {}),
    ...(leadSource ? { Lead_Source: leadSource } : {}),
    Closing_Date: order.paidAt.slice(0, 10),
    ...(isForeign ? {} : { Amount: Number(toDecimal(order.total)) }),
    ...(multiCurrency ? { Currency: order.currency } : {}),
    Contact_Name: { id: contactId },
    Description: describeDeal(order, remark),
  };
}

/** The reference comes first, so that no cut can make two orders look alike. */
function dealName({ reference, shopOrder, buyer }: Order): string {
  const who = oneLine(buyer.name) || oneLine(buyer.company);
  const number = shopOrder ? `(${cut(oneLine(shopOrder), 40)})` : "";
  return cut(["Order", reference, number, who].filter(Boolean).join(" "), 120);
}

/** A deal with our reference is our deal; any other record that clashed is not. */
function adopted(duplicates: readonly Duplicate[], orderField: string): string {
  const ours = duplicates.find((d) => d.module === "Deals" && d.field === orderField);
  if (ours) return ours.id;
  const [other] = duplicates;
  const what = `${other?.field ?? "a value"} is taken by ${other?.id} in ${other?.module}`;
  throw new ActionError("permanent", `Zoho CRM refused the deal: ${what}.`, {
    cause: "record.exists_differently",
  });
}
