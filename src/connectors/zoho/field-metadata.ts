// What the organisation's own settings say about the fields of a module. Zoho ignores unknown keys
// without a word, so a field that does not exist would lose its value silently.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { ModuleName, ZohoApi } from "./api.ts";
import type { World } from "./token.ts";

const field = z.object({
  api_name: z.string().max(200),
  length: z.number().int().positive().optional().catch(undefined),
  // An object when the field is unique, empty when it is not; seen as a boolean too.
  unique: z
    .union([z.boolean(), z.record(z.string(), z.unknown())])
    .nullish()
    .catch(undefined),
  // Set on External ID fields, which Zoho keeps unique as well.
  external: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  pick_list_values: z
    .array(
      z.object({ actual_value: z.string().nullish(), display_value: z.string().nullish() }).loose(),
    )
    .nullish()
    .catch(undefined),
});
const answer = z.object({ fields: z.array(field).max(5000) });

export type Field = z.output<typeof field>;
export type Fields = ReadonlyMap<string, Field>;

export interface FieldMetadata {
  of(module: ModuleName, world: World): Promise<Fields>;
  /** Like `of`, after making sure that these fields exist. */
  having(module: ModuleName, names: readonly string[], world: World): Promise<Fields>;
  /**
   * Rejects unless the field refuses duplicates: only then two attempts cannot make two records.
   */
  unique(module: ModuleName, name: string, world: World): Promise<Fields>;
}

const trustMs = 3600_000;

export function fieldMetadata(api: ZohoApi): FieldMetadata {
  const cache = new Map<ModuleName, { readonly fields: Fields; readonly until: number }>();

  async function of(module: ModuleName, world: World): Promise<Fields> {
    const known = cache.get(module);
    if (known && world.now().getTime() < known.until) return known.fields;
    const said = await api.settings(`fields?module=${module}`, answer, world);
    const fields = new Map(said.fields.map((f) => [f.api_name, f]));
    cache.set(module, { fields, until: world.now().getTime() + trustMs });
    return fields;
  }

  async function having(module: ModuleName, names: readonly string[], world: World) {
    const fields = await of(module, world);
    const missing = names.find((name) => !fields.has(name));
    if (missing === undefined) return fields;
    // A person will create it now: the next look must see it.
    cache.delete(module);
    const message = `Zoho CRM has no field ${missing} in ${module}: create it, or name another.`;
    throw new ActionError("permanent", message, { cause: "field.missing" });
  }

  async function unique(module: ModuleName, name: string, world: World) {
    const fields = await having(module, [name], world);
    const found = fields.get(name);
    if (found && isUnique(found)) return fields;
    cache.delete(module);
    const message =
      `The field ${name} of ${module} accepts duplicates: ` +
      'set "Do not allow duplicate values" in Zoho CRM.';
    throw new ActionError("permanent", message, { cause: "field.missing" });
  }

  return { of, having, unique };
}

function isUnique({ unique, external }: Field): boolean {
  const isSet = typeof unique === "object" ? Object.keys(unique ?? {}).length > 0 : unique === true;
  return isSet || Object.keys(external ?? {}).length > 0;
}
