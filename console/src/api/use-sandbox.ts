// What the page may ask of the simulated world.
import { useMutation, useQuery } from "@tanstack/react-query";
import { fetchJson, postJson } from "./fetch-json.ts";
import { text, z } from "./jitless-zod.ts";

const mailsSchema = z.array(z.object({ subject: text(2000) }));
const paidSchema = z.object({ delivered: z.optional(z.boolean()) });

export function useMails(reference: string, isWanted: boolean) {
  return useQuery({
    queryKey: ["order", reference, "mails"],
    queryFn: ({ signal }) => fetchJson(mailsSchema, `/api/sandbox/mails/${reference}`, { signal }),
    enabled: isWanted,
  });
}

export function useScenarios() {
  return useQuery({
    queryKey: ["scenarios"],
    queryFn: ({ signal }) => fetchJson(z.array(text(200)), "/api/sandbox/scenarios", { signal }),
  });
}

export function usePayTestOrder() {
  return useMutation({
    mutationFn: (scenario: string) =>
      postJson(paidSchema, "/api/sandbox/payments", { scenario, fresh: true }),
  });
}
