// The Bot API's description: methods with their fields, and types.
import { z } from "zod";
import { jsonOf } from "./exchange.ts";
import type { Description, Finding } from "./finding.ts";
import { type Check, schemasIn } from "./json-schema.ts";

const fields = z
  .array(z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() }))
  .default([]);
const botApiSchema = z.object({
  methods: z.record(z.string(), z.object({ fields, returns: z.array(z.string()) })),
  types: z.record(z.string(), z.object({ fields })),
});

export const isBotApi = (document: object) => botApiSchema.safeParse(document).success;

export function botApi(document: object): Description {
  const { methods, types } = botApiSchema.parse(document);
  const asSchema = (name: string): object => {
    if (name.startsWith("Array of ")) return { type: "array", items: asSchema(name.slice(9)) };
    const plain = { Integer: "integer", Float: "number", String: "string", Boolean: "boolean" }[
      name
    ];
    if (plain !== undefined) return { type: plain };
    return Object.hasOwn(types, name) ? { $ref: `#/types/${name}` } : {};
  };
  const objectOf = (all: z.infer<typeof fields>) => ({
    type: "object",
    additionalProperties: false,
    required: all.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(
      all.map(({ name, types: kinds }) => [name, { anyOf: kinds.map(asSchema) }]),
    ),
  });
  const each = <T>(from: Record<string, T>, make: (one: T) => object) =>
    Object.fromEntries(Object.entries(from).map(([name, one]) => [name, make(one)]));
  const check = schemasIn({
    types: each(types, (type) => objectOf(type.fields)),
    methods: each(methods, (method) => objectOf(method.fields)),
    returns: each(methods, ({ returns }) => ({ anyOf: returns.map(asSchema) })),
  });
  return (exchange) => {
    const method = exchange.path.split("/").at(-1) ?? "";
    const answered = z.object({ result: z.unknown() }).safeParse(jsonOf(exchange.answered)).data;
    const judge = (side: Finding["side"], value: unknown, by: Check | undefined): Finding => {
      if (!by) return { exchange, side, kind: "not described", why: [] };
      const why = by(value) ?? [];
      return { exchange, side, kind: why.length > 0 ? "differs" : "fits", why };
    };
    return [
      judge("request", jsonOf(exchange.sent), check(`/methods/${method}`)),
      ...(exchange.status === 200
        ? [judge("answer", answered?.result, check(`/returns/${method}`))]
        : []),
    ];
  };
}
