// JSON Schema as OpenAPI, Swagger and others use it.
import { Ajv } from "ajv";

export type Check = (value: unknown) => readonly string[] | undefined;

/** Checks by the parts of a document that has schemas in it; undefined where there is no such part. */
export function schemasIn(document: object): (pointer: string) => Check | undefined {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false });
  // What is asked of a schema's own shape is its author's.
  ajv.addSchema({ ...withoutOthers(document), $id: "spec", $schema: undefined }, "spec");
  return (pointer) => {
    if (at(document, pointer) === undefined) return undefined;
    const validate = ajv.compile({ $ref: `spec#${pointer}` });
    return (value) => {
      if (validate(value)) return undefined;
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || "/"} ${message}${detail(params)}`,
      );
    };
  };
}

/** What is described in a document that is not here may be anything. */
function withoutOthers(document: object): object {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) => {
    const to = value !== null && typeof value === "object" ? Reflect.get(value, "$ref") : undefined;
    return typeof to === "string" && !to.startsWith("#") ? {} : value;
  });
}

const detail = (params: Record<string, unknown>) => {
  const text = params.additionalProperty ?? params.allowedValues;
  return text === undefined ? "" : ` (${String(text).slice(0, 80)})`;
};

export const pointerTo = (...names: readonly string[]) =>
  names
    .map((name) => `/${encodeURIComponent(name.replace(/~/g, "~0").replace(/\//g, "~1"))}`)
    .join("");

export function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of pointer.split("/").slice(1)) {
    const name = decodeURIComponent(part).replace(/~1/g, "/").replace(/~0/g, "~");
    if (found === null || typeof found !== "object") return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}
