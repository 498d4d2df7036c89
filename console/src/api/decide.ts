// What a person decides on an order: one request each, once however often the button is pressed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { text as bounded, z } from "./jitless-zod.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(20_000);
const fact = z.nullable(z.union([text, z.number()]));

const previewSchema = z.object({
  amended: z.array(z.object({ field: text, before: fact, after: fact })),
  steps: z.array(
    z.object({
      step: text,
      provider: text,
      what: z.enum(["now", "later", "checked", "changed", "kept", "left-out", "in-the-way"]),
      sentence: text,
    }),
  ),
  refusal: z.nullable(text),
});
export type Preview = Readonly<z.infer<typeof previewSchema>>;

const madeSchema = z.object({ decision: z.int() });

export interface FactChange {
  readonly field: string;
  readonly value: string | null;
}

function post<S extends z.ZodMiniType>(schema: S, path: string, body: unknown, key: string) {
  const headers = { "content-type": "application/json", "idempotency-key": key };
  return fetchJson(schema, path, { method: "POST", headers, body: JSON.stringify(body) });
}

export function usePreview(reference: string) {
  return useMutation({
    mutationFn: (changes: readonly FactChange[]) => {
      const path = `/api/orders/${reference}/amend?preview=true`;
      return post(previewSchema, path, { changes }, crypto.randomUUID());
    },
  });
}

export interface Decision {
  /** "amend", "hold", "steps/booking/settle": as the API names it. */
  readonly path: string;
  readonly body: object;
  readonly key: string;
}

export function useDecide(reference: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body, key }: Decision) =>
      post(madeSchema, `/api/orders/${reference}/${path}`, body, key),
    onSettled: () => client.invalidateQueries(),
  });
}

const decisionSchema = z.object({
  number: z.int(),
  what: text,
  actor: text,
  at: text,
  reason: z.optional(z.nullable(text)),
  reference: z.optional(z.nullable(text)),
  step: z.optional(z.nullable(text)),
});

const holdSchema = z.object({
  step: text,
  provider: text,
  cause: text,
  decision: text,
  isInDoubt: z.boolean(),
  fields: z.array(z.object({ field: text, value: fact, suggestion: z.nullable(text) })),
  byHand: z.array(text),
});
export type Hold = Readonly<z.infer<typeof holdSchema>>;

const ofOrderSchema = z.object({
  holds: z.array(holdSchema),
  decisions: z.array(decisionSchema),
  held: z.nullable(z.object({ since: text, because: text })),
  assignedTo: z.nullable(text),
});

export const useDecisions = (reference: string) =>
  useLoad(["order", reference, "decisions"], `/api/orders/${reference}/decisions`, ofOrderSchema);

export const useDecisionLog = () =>
  useLoad(
    ["orders", "decisions"],
    "/api/decisions?limit=200",
    z.object({ decisions: z.array(decisionSchema) }),
  );

const verifiedSchema = z.object({
  decisions: z.int(),
  broken: z.nullable(z.object({ number: z.int(), why: text })),
});
export const useVerified = (isWanted: boolean) =>
  useLoad(["decisions-verified"], "/api/decisions/verified", verifiedSchema, { isWanted });
