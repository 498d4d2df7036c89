import { join } from "node:path";
import { z } from "zod";
import { startChild } from "../servers/child.ts";
import type { Profile } from "./endpoints.ts";

const counts = z.object({ orders: z.number(), calls: z.number(), duplicates: z.number() });

export type ProviderCounts = z.infer<typeof counts>;

export interface Providers {
  readonly url: string;
  /** Forgets what was counted, and answers as slowly as `profile` says. */
  begin(profile: Profile): Promise<void>;
  counts(): Promise<ProviderCounts>;
  stop(): Promise<void>;
}

export async function startProviders(): Promise<Providers> {
  const child = startChild(join(import.meta.dirname, "serve-providers.ts"));
  const url = `http://127.0.0.1:${await child.nextLine()}`;
  const ask = async (path: string, method: string) => {
    const response = await fetch(url + path, { method });
    if (!response.ok) throw new Error(`The providers answered ${response.status} to ${path}.`);
    return response.json();
  };
  return {
    url,
    begin: async (profile) => {
      await ask(`/begin/${profile}`, "POST");
    },
    counts: async () => counts.parse(await ask("/counts", "GET")),
    stop: child.stop,
  };
}
