// Every connector's quirks.ts, as it stands.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Quirk } from "../../src/connector-kit/quirk.ts";

export interface QuirkList {
  /** The connector's folder. */
  readonly provider: string;
  readonly quirks: readonly Quirk[];
}

const sentence = z.string().min(10).max(600);
const common = { id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), what: sentence };
const quirksModule = z.object({
  quirks: z
    .array(
      z.union([
        z.strictObject({
          ...common,
          tests: z.tuple([z.string().min(1)]).rest(z.string().min(1)),
        }),
        z.strictObject({ ...common, cannotApply: sentence }),
      ]),
    )
    .min(1),
});

const connectors = join(import.meta.dirname, "../../src/connectors");

/** One list a connector, by name; empty where the connector has no quirks.ts yet. */
export async function quirkLists(): Promise<readonly QuirkList[]> {
  const folders = readdirSync(connectors, { withFileTypes: true });
  const providers = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    providers.sort().map(async (provider) => {
      const path = join(connectors, provider, "quirks.ts");
      if (!existsSync(path)) return { provider, quirks: [] };
      const parsed = quirksModule.safeParse(await import(path));
      if (parsed.success) return { provider, quirks: parsed.data.quirks };
      const issue = parsed.error.issues[0];
      throw new Error(`${provider}/quirks.ts, ${issue?.path.join(".")}: ${issue?.message}`);
    }),
  );
}

/** The names of all tests that a list rests on. */
export function namedTests({ quirks }: QuirkList): readonly string[] {
  return quirks.flatMap((quirk) => ("tests" in quirk ? quirk.tests : []));
}
