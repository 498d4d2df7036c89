// The order as a deal. The custom field that carries our reference refuses duplicates, so no second
// deal can be made of an order; one that is there is left as it is, for people may have worked on it.
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { dealOutput } from "../../connector-kit/outputs.ts";
import { localDate } from "../../order/local-date.ts";
import { toDecimal } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { Duplicate, FieldValues, ModuleName, ZohoApi } from "./api.ts";
import { describeDeal } from "./deal-description.ts";
import { ensureNote } from "./deal-note.ts";
import { type FieldMetadata, type Fields, lengthOf } from "./field-metadata.ts";
import { findByReference } from "./find-by-reference.ts";
import { assertCurrency, assertOffered } from "./offered-values.ts";
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
  return {
    name: "zoho.deal",
    connection,
    output: dealOutput,
    // What an earlier attempt made is found before anything is made.
    repeat: { how: "safe" },
    record: ({ dealId }) => ({ id: dealId }),
    run: async (input, call) => {
      const dealId = await ensureDeal(settings, api, metadata, input, call);
      if (settings.details === "note") {
        const { order } = input;
        const title = `Order ${order.reference}`;
        const content = describeDeal(order, remarkOn(settings, order));
        await ensureNote(api, dealId, { title, content }, call);
      }
      return { dealId };
    },
  };
}

async function ensureDeal(
  settings: ZohoSettings,
  api: ZohoApi,
  metadata: FieldMetadata,
  { order, contactId }: Input,
  call: Call,
): Promise<string> {
  const { orderField } = settings;
  await metadata.unique("Deals", orderField, call);
  const found = await findByReference(api, "Deals", orderField, order.reference, call);
  if (found !== undefined) return found;
  const known = await metadata.meeting("Deals", (f) => assertSendable(settings, order, f), call);
  const { Tag, ...fields } = dealFields(settings, order, contactId, known);
  await metadata.having("Deals", Object.keys(fields), call);
  // Without the field named, Zoho would look for a deal of the same Deal_Name and merge strangers.
  const all = { ...fields, ...(Tag ? { Tag } : {}) };
  const written = await api.upsert("Deals", orderField, all, call);
  if (written.kind === "written") return written.id;
  return adopted(written.duplicates, "Deals", orderField, "the deal");
}

/** Rejects when the organisation would refuse or change one of the values. */
function assertSendable(settings: ZohoSettings, order: Order, known: Fields): void {
  const { stage, pipeline, leadSource, multiCurrency } = settings;
  assertOffered(known, { Stage: stage, Pipeline: pipeline, Lead_Source: leadSource });
  if (multiCurrency) assertCurrency(known, order.currency);
}

function dealFields(
  settings: ZohoSettings,
  order: Order,
  contactId: string,
  known: Fields,
): FieldValues {
  const { orderField, stage, pipeline, leadSource, multiCurrency, tags } = settings;
  const remark = remarkOn(settings, order);
  const description = describeDeal(order, remark, lengthOf(known, "Description", 32_000));
  return {
    [orderField]: order.reference,
    Deal_Name: orderName(order, lengthOf(known, "Deal_Name", 120)),
    Stage: stage,
    ...(pipeline ? { Pipeline: pipeline } : {}),
    ...(leadSource ? { Lead_Source: leadSource } : {}),
    Closing_Date: localDate(order.paidAt, settings.timeZone),
    ...(remark ? {} : { Amount: Number(toDecimal(order.total)) }),
    ...(multiCurrency ? { Currency: order.currency } : {}),
    Contact_Name: { id: contactId },
    ...(settings.details === "description" ? { Description: description } : {}),
    ...(tags.length > 0 ? { Tag: tags.map((name) => ({ name })) } : {}),
  };
}

/** Why the amount is left out; undefined when it can be written. */
function remarkOn(settings: ZohoSettings, order: Order): string | undefined {
  const { multiCurrency, homeCurrency } = settings;
  if (multiCurrency || order.currency === homeCurrency) return undefined;
  return `Amount is left empty: it would be read as ${homeCurrency}, but ${order.currency} was paid.`;
}

/** The reference comes first, so that no cut can make two orders look alike. */
export function orderName({ reference, shopOrder, buyer }: Order, maxLength: number): string {
  const who = oneLine(buyer.name) || oneLine(buyer.company);
  const number = shopOrder ? `(${cut(oneLine(shopOrder), 40)})` : "";
  return cut(["Order", reference, number, who].filter(Boolean).join(" "), maxLength);
}

/** A record with our reference is ours; any other record that clashed is not. */
export function adopted(
  duplicates: readonly Duplicate[],
  module: ModuleName,
  orderField: string,
  about: string,
): string {
  const ours = duplicates.find((d) => d.module === module && d.field === orderField);
  if (ours) return ours.id;
  const [other] = duplicates;
  const what = `${other?.field ?? "a value"} is taken by ${other?.id} in ${other?.module}`;
  throw new ActionError("permanent", `Zoho CRM refused ${about}: ${what}.`, {
    cause: "record.exists_differently",
  });
}
