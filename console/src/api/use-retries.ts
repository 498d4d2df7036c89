// Trying all of one cause again: planned and carried out by the server, looked at from here.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "./decide.ts";
import { text as bounded, z } from "./jitless-zod.ts";
import { moneySchema } from "./order-schema.ts";
import type { Group } from "./use-inbox.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(2000);
const count = z.int();
const planSchema = z.object({
  orders: count,
  totals: z.array(moneySchema),
  perSecond: count,
  seconds: count,
});
const retrySchema = z.object({
  id: text,
  cause: text,
  provider: text,
  operation: text,
  state: z.enum(["running", "cancelled", "done"]),
  actor: text,
  endedAt: z.nullable(z.iso.datetime()),
  total: count,
  made: count,
  again: count,
  refused: count,
  left: count,
  waiting: count,
});
export type Retry = Readonly<z.infer<typeof retrySchema>>;

const aboutOf = ({ cause, provider, operation, fingerprint }: Group) => ({
  cause,
  provider,
  operation,
  ...(fingerprint ? { fingerprint } : {}),
});

export function useRetryPlan() {
  return useMutation({
    mutationFn: (group: Group) =>
      post(planSchema, "/api/retries?preview=true", aboutOf(group), crypto.randomUUID()),
  });
}

export function useBeginRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ group, key }: { readonly group: Group; readonly key: string }) =>
      post(retrySchema, "/api/retries", aboutOf(group), key),
    onSettled: () => client.invalidateQueries(),
  });
}

export function useCancelRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post(retrySchema, `/api/retries/${id}/cancel`, {}, `cancel-${id}`),
    onSettled: () => client.invalidateQueries(),
  });
}

const shownForMs = 10 * 60_000;

/** Those under way, and those that ended a moment ago. */
export function useRetries(now: Date): readonly Retry[] {
  const schema = z.object({ retries: z.array(retrySchema) });
  const retries = useLoad(["orders", "retries"], "/api/retries", schema).data?.retries ?? [];
  return retries.filter(
    ({ endedAt }) => endedAt === null || now.getTime() - Date.parse(endedAt) < shownForMs,
  );
}
