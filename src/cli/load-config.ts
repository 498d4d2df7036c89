import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { readSettings, type Settings } from "../settings.ts";
import { storeProblems } from "../shop/connect-store.ts";
import type { Config } from "../shop/define-config.ts";

export interface Loaded {
  readonly config: Config;
  readonly settings: Settings;
}

/** Settings and configuration, or one clear error that lists everything that is wrong with them. */
export async function loadConfig(
  settings = readSettings(process.env),
  isSettingUp = false,
): Promise<Loaded> {
  if (!existsSync(settings.configFile)) {
    throw new Error(
      `There is no ${settings.configFile}. Set ORDNA_CONFIG, or start in the folder that holds it.`,
    );
  }
  const module: { default?: unknown } = await import(pathToFileURL(settings.configFile).href);
  if (!isConfig(module.default)) {
    throw new Error(
      `${settings.configFile} must export the result of defineConfig() as its default.`,
    );
  }
  const config = module.default;
  const problems = [
    ...settings.problems,
    ...Object.entries(config.stores).flatMap(([name, store]) =>
      storeProblems(name, store, settings, isSettingUp),
    ),
  ];
  if (problems.length > 0) {
    throw new Error(
      ["Ordna cannot start:", ...problems.map((problem) => `  - ${problem}`)].join("\n"),
    );
  }
  return { config, settings };
}

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && "stores" in value;
}
