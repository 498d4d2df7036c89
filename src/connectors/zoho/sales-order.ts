// The order as a sales order under its deal, with its lines. Like the deal, it is made once and then
// left to the people who work on it.
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { salesOrderOutput } from "../../connector-kit/outputs.ts";
import type { Address, Order } from "../../order/order.ts";
import type { FieldValues, ZohoApi } from "./api.ts";
import { adopted, orderName } from "./deal.ts";
import { type FieldMetadata, type Fields, lengthOf } from "./field-metadata.ts";
import { findByReference } from "./find-by-reference.ts";
import { assertCurrency, assertOffered } from "./offered-values.ts";
import type { ZohoSettings } from "./options.ts";
import { cut, oneLine } from "./plain-text.ts";
import { adjustment, orderedItems } from "./sales-order-lines.ts";

interface Input {
  readonly order: Order;
  readonly contactId: string;
  readonly dealId: string;
}

const module = "Sales_Orders";

export function salesOrderAction(
  settings: ZohoSettings,
  connection: Connection,
  api: ZohoApi,
  metadata: FieldMetadata,
): Action<Input, { salesOrderId: string }> {
  return {
    name: "zoho.sales-order",
    connection,
    output: salesOrderOutput,
    // What an earlier attempt made is found before anything is made.
    repeat: { how: "safe" },
    record: ({ salesOrderId }) => ({ id: salesOrderId }),
    run: async (input, call) => {
      const orderField = settings.salesOrders?.orderField ?? settings.orderField;
      await metadata.unique(module, orderField, call);
      const { reference } = input.order;
      const found = await findByReference(api, module, orderField, reference, call);
      if (found !== undefined) return { salesOrderId: found };
      const check = (fields: Fields) => assertSendable(settings, input.order, fields);
      const known = await metadata.meeting(module, check, call);
      const fields = await salesOrderFields(settings, api, known, input, call);
      await metadata.having(module, Object.keys(fields), call);
      const all = { ...fields, [orderField]: reference };
      const written = await api.upsert(module, orderField, all, call);
      if (written.kind === "written") return { salesOrderId: written.id };
      const salesOrderId = adopted(written.duplicates, module, orderField, "the sales order");
      return { salesOrderId };
    },
  };
}

/** Rejects when the organisation would refuse or change one of the values. */
function assertSendable(settings: ZohoSettings, { currency }: Order, known: Fields): void {
  const { multiCurrency, homeCurrency, salesOrders } = settings;
  assertOffered(known, { Status: salesOrders?.status });
  if (multiCurrency) assertCurrency(known, currency);
  else if (currency !== homeCurrency) throw foreign(currency, homeCurrency);
}

async function salesOrderFields(
  settings: ZohoSettings,
  api: ZohoApi,
  known: Fields,
  { order, contactId, dealId }: Input,
  call: Call,
): Promise<FieldValues> {
  const { multiCurrency, salesOrders } = settings;
  const { buyer, shipTo } = order;
  return {
    Subject: orderName(order, lengthOf(known, "Subject", 120)),
    Deal_Name: { id: dealId },
    Contact_Name: { id: contactId },
    ...(salesOrders?.status ? { Status: salesOrders.status } : {}),
    ...(multiCurrency ? { Currency: order.currency } : {}),
    ...addressFields("Billing", buyer.address ?? {}, known),
    ...addressFields("Shipping", shipTo.address ?? {}, known),
    ...(order.notes.length > 0 ? { Description: notesOf(order, known) } : {}),
    Ordered_Items: await orderedItems(api, order, salesOrders?.otherProduct, call),
    Adjustment: adjustment(order),
  };
}

function foreign(paid: string, home: string): ActionError {
  const message =
    `A sales order in ${paid} would be read as ${home}: switch multiple currencies on in ` +
    "Zoho CRM and set multiCurrency in zoho().";
  return new ActionError("permanent", message, { cause: "config.invalid" });
}

function addressFields(kind: "Billing" | "Shipping", address: Address, known: Fields) {
  const street = [oneLine(address.line1), oneLine(address.line2)].filter(Boolean).join(", ");
  const values = {
    Street: street,
    City: address.city,
    State: address.state,
    Code: address.postalCode,
    Country: address.country,
  };
  const fitting = Object.entries(values).flatMap(([part, value]) => {
    const name = `${kind}_${part}`;
    const text = cut(oneLine(value), lengthOf(known, name, Number.POSITIVE_INFINITY));
    return text === "" ? [] : [[name, text] as const];
  });
  return Object.fromEntries(fitting);
}

function notesOf(order: Order, known: Fields): string {
  const lines = order.notes.slice(0, 10).map((note) => `Note: ${cut(oneLine(note), 300)}`);
  return cut(lines.join("\n"), lengthOf(known, "Description", 32_000));
}
