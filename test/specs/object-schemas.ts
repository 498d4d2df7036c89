// JSON Schemas by the name that every answer bears in its field "object", as Stripe has them.
import { z } from "zod";
import { jsonOf } from "./exchange.ts";
import type { Description, Finding } from "./finding.ts";
import { pointerTo, schemasIn } from "./json-schema.ts";

const named = z.object({ object: z.string() });
const listed = z.object({ object: z.literal("list"), data: z.array(z.unknown()) });

export const hasObjectSchemas = (document: object) => "$defs" in document;

export function objectSchemas(document: object): Description {
  const check = schemasIn(document);
  return (exchange) => {
    const answer = jsonOf(exchange.answered);
    const list = listed.safeParse(answer);
    const objects = [answer, ...(list.success ? list.data.data : [])];
    return objects.map((value): Finding => {
      const name = named.safeParse(value).data?.object;
      const by = name === undefined ? undefined : check(pointerTo("$defs", name));
      const about = { exchange, side: "answer" } as const;
      if (!by) return { ...about, kind: "not described", why: [`object ${name}`] };
      const why = by(value) ?? [];
      return { ...about, kind: why.length > 0 ? "differs" : "fits", why };
    });
  };
}
