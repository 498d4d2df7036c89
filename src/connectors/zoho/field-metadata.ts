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
  field_read_only: z.boolean().nullish().catch(undefined),
  operation_type: z.object({ api_create: z.boolean().nullish() }).nullish().catch(undefined),
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
  /**
   * Like `of`, after `assert` had nothing against the fields. It is asked again of fresh fields
   * before it is believed: a person may have mended Zoho CRM since.
   */
  meeting(module: ModuleName, assert: (fields: Fields) => void, world: World): Promise<Fields>;
  /** Like `of`, after making sure that these fields exist and may be written. */
  having(module: ModuleName, names: readonly string[], world: World): Promise<Fields>;
  /**
   * Rejects unless the field refuses duplicates: only then two attempts cannot make two records.
   */
  unique(module: ModuleName, name: string, world: World): Promise<Fields>;
}

const trustMs = 3600_000;

export function fieldMetadata(api: ZohoApi): FieldMetadata {
  const cache = new Map<ModuleName, { readonly fields: Fields; readonly until: number }>();

  async function read(module: ModuleName, world: World): Promise<Fields> {
    const said = await api.settings(`fields?module=${module}`, answer, world);
    const fields = new Map(said.fields.map((f) => [f.api_name, f]));
    cache.set(module, { fields, until: world.now().getTime() + trustMs });
    return fields;
  }

  async function of(module: ModuleName, world: World): Promise<Fields> {
    const known = cache.get(module);
    return known && world.now().getTime() < known.until ? known.fields : read(module, world);
  }

  async function meeting(
    module: ModuleName,
    assert: (fields: Fields) => void,
    world: World,
  ): Promise<Fields> {
    const before = cache.get(module)?.fields;
    const fields = await of(module, world);
    try {
      assert(fields);
      return fields;
    } catch (error) {
      if (fields !== before) throw error;
    }
    const anew = await read(module, world);
    assert(anew);
    return anew;
  }

  return {
    of,
    meeting,
    having: (module, names, world) =>
      meeting(module, (fields) => assertWritable(module, names, fields), world),
    unique: (module, name, world) =>
      meeting(module, (fields) => assertUnique(module, name, fields), world),
  };
}

const missing = (message: string) =>
  new ActionError("permanent", message, { cause: "field.missing" });

function assertWritable(module: string, names: readonly string[], fields: Fields): void {
  for (const name of names) {
    const found = fields.get(name);
    if (!found) {
      throw missing(`Zoho CRM has no field ${name} in ${module}: create it, or name another.`);
    }
    if (!isWritable(found)) {
      const way = "allow writing, or name another.";
      throw missing(`The field ${name} of ${module} in Zoho CRM is read-only: ${way}`);
    }
  }
}

function assertUnique(module: string, name: string, fields: Fields): void {
  const found = fields.get(name);
  if (!found) {
    throw missing(
      `Zoho CRM has no field ${name} in ${module}: create a single-line field with this API name ` +
        'and "Do not allow duplicate values", or name another in zoho().',
    );
  }
  if (isUnique(found)) return;
  throw missing(
    `The field ${name} of ${module} accepts duplicates: ` +
      'set "Do not allow duplicate values" in Zoho CRM.',
  );
}

/** The API drops or refuses what is not. */
function isWritable({ field_read_only, operation_type }: Field): boolean {
  return field_read_only !== true && operation_type?.api_create !== false;
}

/** How long a value of this field may be; Zoho's standard where the page does not say. */
export function lengthOf(fields: Fields, name: string, standard: number): number {
  return fields.get(name)?.length ?? standard;
}

function isUnique({ unique, external }: Field): boolean {
  const isSet = typeof unique === "object" ? Object.keys(unique ?? {}).length > 0 : unique === true;
  return isSet || Object.keys(external ?? {}).length > 0;
}
