import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { text as bounded, z } from "./jitless-zod.ts";

const text = bounded(2000);
const statusSchema = z.object({
  version: text,
  database: text,
  queue: text,
  providers: z.array(
    z.object({ store: text, role: text, provider: text, isSimulated: z.boolean() }),
  ),
});

export type Provider = Readonly<z.infer<typeof statusSchema>["providers"][number]>;

export function useStatus() {
  return useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => fetchJson(statusSchema, "/api/status", { signal }),
  });
}

/** Whether the provider that plays `role` is simulated: then the sandbox can show what it holds. */
export function useIsSimulated(role: string, store?: string): boolean {
  const providers = useStatus().data?.providers ?? [];
  return providers.some(
    (p) => p.role === role && p.isSimulated && (store === undefined || p.store === store),
  );
}
