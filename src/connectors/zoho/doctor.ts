// Looks whether the organisation is ready for us, without changing anything.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { FieldMetadata } from "./field-metadata.ts";
import type { ZohoSettings } from "./options.ts";
import type { World } from "./token.ts";

export async function examine(
  settings: ZohoSettings,
  metadata: FieldMetadata,
  world: World,
): Promise<string> {
  const { dataCentre, orderField, stage, pipeline } = settings;
  const ownFields = Object.values(settings.fields).filter((name) => name !== undefined);
  const fields = await metadata.unique("Deals", orderField, world);
  await metadata.having("Deals", ownFields, world);
  const seen = [assertOffered("Stage", stage), pipeline && assertOffered("Pipeline", pipeline)];
  const checked = seen.filter(Boolean).join(" and ");
  const also = checked ? ` and knows ${checked}` : "";
  return `Zoho CRM (${dataCentre}) answers; Deals has the unique field ${orderField}${also}.`;

  /** The page does not list values in every organisation; then nothing can be said. */
  function assertOffered(name: string, value: string): string {
    const values = fields.get(name)?.pick_list_values ?? [];
    if (values.length === 0) return "";
    const isOffered = values.some((v) => v.actual_value === value || v.display_value === value);
    if (isOffered) return `the ${name.toLowerCase()} "${value}"`;
    const message = `Zoho CRM has no ${name} "${value}" for deals: set another in zoho().`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
}
