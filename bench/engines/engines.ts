// All that is measured, by name. Each is loaded only when it runs: no process carries the code of another.
import type { StartEngine } from "./engine.ts";

export const engineNames = [
  "usual-c3",
  "usual",
  "usual-undici",
  "dbos",
  "restate",
  "ordna-embedded",
  "ordna-postgres",
  "ordna-redis",
] as const;

export type EngineName = (typeof engineNames)[number];

/** How many orders at the same time: the usual design's own 3, else 50. */
export const concurrencyOf = (name: EngineName) => (name === "usual-c3" ? 3 : 50);

/** What its time is spent in beside its own process. */
export const servicesOf: Readonly<Record<EngineName, readonly ("postgres" | "redis")[]>> = {
  "usual-c3": ["redis"],
  usual: ["redis"],
  "usual-undici": ["redis"],
  dbos: ["postgres"],
  restate: [],
  "ordna-embedded": [],
  "ordna-postgres": ["postgres"],
  "ordna-redis": ["postgres", "redis"],
};

export async function loadEngine(name: EngineName): Promise<StartEngine> {
  switch (name) {
    case "usual-c3":
    case "usual":
      return (await import("./usual.ts")).usual("fetch");
    case "usual-undici":
      return (await import("./usual.ts")).usual("undici");
    case "dbos":
      return loadPeer("./dbos.ts");
    case "restate":
      return loadPeer("./restate.ts");
    case "ordna-embedded":
      return (await import("./ordna.ts")).ordnaOn("embedded");
    case "ordna-postgres":
      return (await import("./ordna.ts")).ordnaOn("postgres");
    case "ordna-redis":
      return (await import("./ordna.ts")).ordnaOn("redis");
  }
}

/** By a name that the compiler does not follow: its packages are in bench/node_modules, or not there at all. */
async function loadPeer(file: string): Promise<StartEngine> {
  const { start }: { readonly start: StartEngine } = await import(file);
  return start;
}
