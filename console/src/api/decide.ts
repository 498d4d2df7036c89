// What a person decides on an order: one request each, once however often the button is pressed.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, fetchJson } from "./fetch-json.ts";
import { text as bounded, z } from "./jitless-zod.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(20_000);
const maybe = z.nullable(text);
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
  refusal: maybe,
});
export type Preview = Readonly<z.infer<typeof previewSchema>>;

const madeSchema = z.object({ decision: z.int(), after: z.unknown() });

export interface FactChange {
  readonly field: string;
  readonly value: string | null;
}

export function post<S extends z.ZodMiniType>(
  schema: S,
  path: string,
  body: unknown,
  key: string,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = { "content-type": "application/json", "idempotency-key": key, ...more };
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

const mailSchema = z.object({
  to: z.object({ email: text }),
  locale: text,
  subject: text,
  variables: z.record(text, z.unknown()),
  attachments: z.array(z.object({ fileName: text })),
});

/** The e-mail as it would be sent once more. */
export function useMailPreview(reference: string) {
  return useMutation({
    mutationFn: (body: { readonly to?: string }) =>
      post(
        mailSchema,
        `/api/orders/${reference}/resend-email?preview=true`,
        body,
        crypto.randomUUID(),
      ),
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
    onSuccess: ({ decision }) => rememberOwn(client, reference, decision),
    onSettled: () => client.invalidateQueries(),
  });
}

/**
 * As `useDecide`, for a sheet that somebody looks at for a while: what another decided since it was opened is told, and
 * overruled only when the button is pressed once more.
 */
export function useDecideUnlessChanged(reference: string) {
  const client = useQueryClient();
  const [seen, setSeen] = useState(() => lastDecision(client, reference));
  return useMutation({
    mutationFn: ({ path, body, key }: Decision) =>
      post(madeSchema, `/api/orders/${reference}/${path}`, body, key, { "if-match": `"${seen}"` }),
    onSuccess: ({ decision }) => rememberOwn(client, reference, decision),
    onError: (error) => {
      if (error instanceof ApiError && error.meanwhile) setSeen(error.meanwhile.number);
    },
    // Not waited for: what is decided may close the sheet's own reason, and the sheet must hear of its success first.
    onSettled: () => void client.invalidateQueries(),
  });
}

const ownKey = (reference: string) => ["own-decision", reference];

/** Nobody is told of what they decided themselves, although the list of decisions has not come anew yet. */
const rememberOwn = (client: QueryClient, reference: string, decision: number) =>
  void client.setQueryData(ownKey(reference), decision);

function lastDecision(client: QueryClient, reference: string): number {
  const known = ofOrderSchema.safeParse(client.getQueryData(["order", reference, "decisions"]));
  const own = z.int().safeParse(client.getQueryData(ownKey(reference))).data ?? 0;
  return Math.max(own, ...(known.data?.decisions ?? []).map(({ number }) => number));
}

const decisionSchema = z.object({
  number: z.int(),
  what: text,
  actor: text,
  at: text,
  reason: z.optional(maybe),
  reference: z.optional(maybe),
  step: z.optional(maybe),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
});
export type DecisionGlance = Readonly<z.infer<typeof decisionSchema>>;

const fieldSchema = z.object({ field: text, value: fact, suggestion: maybe });
export type FieldToCorrect = Readonly<z.infer<typeof fieldSchema>>;

const holdSchema = z.object({
  step: text,
  provider: text,
  cause: text,
  fingerprint: maybe,
  name: maybe,
  who: z.enum(["nobody", "manager", "finance", "developer"]),
  canCustomer: z.boolean(),
  decision: text,
  isInDoubt: z.boolean(),
  fields: z.array(fieldSchema),
  byHand: z.array(text),
});
export type Hold = Readonly<z.infer<typeof holdSchema>>;

const offer = z.enum(["now", "not-yet", "done"]);
const offersSchema = z.object({
  hold: offer,
  cancel: offer,
  resendEmail: z.nullable(offer),
  invoiceCopy: z.nullable(offer),
  credit: z.nullable(offer),
  return: z.nullable(offer),
  isShipped: z.boolean(),
  steps: z.array(z.object({ step: text, byHand: z.array(text) })),
});
export type Offers = Readonly<z.infer<typeof offersSchema>>;

const ofOrderSchema = z.object({
  holds: z.array(holdSchema),
  decisions: z.array(decisionSchema),
  held: z.nullable(z.object({ since: text, because: text })),
  assignedTo: maybe,
  snoozedUntil: maybe,
  offers: offersSchema,
});

export const useDecisions = (reference: string) =>
  useLoad(["order", reference, "decisions"], `/api/orders/${reference}/decisions`, ofOrderSchema);

export const useDecisionLog = (isWanted: boolean) =>
  useLoad(
    ["orders", "decisions"],
    "/api/decisions?limit=200",
    z.object({ decisions: z.array(decisionSchema) }),
    { isWanted },
  );

const verifiedSchema = z.object({
  decisions: z.int(),
  broken: z.nullable(z.object({ number: z.int(), why: text })),
});
export const useVerified = (isWanted: boolean) =>
  useLoad(["decisions-verified"], "/api/decisions/verified", verifiedSchema, { isWanted });
