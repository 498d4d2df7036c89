// Parcel and invoice, written into the deal: into fields of the shop's choice, the rest as lines of
// Description.
import { z } from "zod";
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { dealOutput } from "../../connector-kit/outputs.ts";
import type { Fulfilment } from "../../connector-kit/roles.ts";
import type { Order } from "../../order/order.ts";
import type { ZohoApi } from "./api.ts";
import { fulfilmentNames, withFulfilment } from "./deal-description.ts";
import { type FieldMetadata, type Fields, lengthOf } from "./field-metadata.ts";
import type { ZohoSettings } from "./options.ts";

type Input = { readonly order: Order; readonly dealId: string } & Fulfilment;

export function updateDealAction(
  settings: ZohoSettings,
  connection: Connection,
  api: ZohoApi,
  metadata: FieldMetadata,
): Action<Input, { dealId: string }> {
  return {
    name: "zoho.update-deal",
    connection,
    output: dealOutput,
    // The same values in the same places: writing them twice leaves what writing them once leaves.
    repeat: { how: "safe" },
    record: ({ dealId }) => ({ id: dealId }),
    run: async (input, call) => {
      const wanted = Object.values(settings.fields).filter((name) => name !== undefined);
      const known = await metadata.having("Deals", wanted, call);
      const { own, lines } = sorted(settings, input, known);
      const max = lengthOf(known, "Description", 32_000);
      const description = await newDescription(api, input.dealId, lines, max, call);
      const changes = {
        ...own,
        ...(description === undefined ? {} : { Description: description }),
      };
      if (Object.keys(changes).length === 0) return { dealId: input.dealId };
      const written = await api.update("Deals", input.dealId, changes, call);
      if (written.kind === "written") return { dealId: input.dealId };
      const field = written.duplicates[0]?.field ?? "one";
      const message = `Zoho CRM refused the deal: the field ${field} allows no duplicates.`;
      throw new ActionError("permanent", message, { cause: "record.exists_differently" });
    },
  };
}

/** What has a field of its own, and what becomes a line: a link that was cut is no link. */
function sorted({ fields }: ZohoSettings, input: Input, known: Fields) {
  const own: Record<string, string> = {};
  const lines: { -readonly [Name in keyof Fulfilment]?: string } = {};
  for (const name of fulfilmentNames) {
    const value = input[name];
    const field = fields[name];
    if (value === undefined) continue;
    const isFitting = field && value.length <= lengthOf(known, field, Number.POSITIVE_INFINITY);
    if (isFitting) own[field] = value;
    else lines[name] = value;
  }
  return { own, lines };
}

/**
 * Read first, so that what a person added to the Description stays. Undefined when nothing changes.
 */
async function newDescription(
  api: ZohoApi,
  dealId: string,
  lines: Partial<Fulfilment>,
  maxLength: number,
  call: Call,
): Promise<string | undefined> {
  if (Object.keys(lines).length === 0) return undefined;
  const schema = z.object({ Description: z.string().max(100_000).nullish() });
  const deal = await api.get("Deals", dealId, ["Description"], schema, call);
  if (!deal) {
    const message = `The deal ${dealId} no longer exists in Zoho CRM.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  const before = deal.Description ?? "";
  const after = withFulfilment(before, lines, maxLength);
  return after === before ? undefined : after;
}
