// The only reader of the environment.
import { readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";

export interface Settings {
  /** The folder of the embedded database, files and sandbox. */
  readonly dataFolder: string;
  /** Where what can be made again is kept, such as the empty database that new ones are copied from. */
  readonly cacheFolder: string;
  readonly configFile: string;
  /** Where programs such as pg_dump are looked for. */
  readonly programFolders: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Where people reach this Ordna: links in alerts begin with it. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** The first port of the simulators. */
  readonly sandboxPort: number;
  /** Orders worked on at the same time in one process. */
  readonly concurrency: number;
  readonly consoleKey: string | undefined;
  /** Secrets in the database are sealed with the first, and opened with any. Empty: a key is made and kept in the data folder. */
  readonly sealingKeys: readonly string[];
  /** How many proxies stand before the page and say who asks (X-Forwarded-For). */
  readonly proxies: number;
  /** How long a customer's link works. */
  readonly linkDays: number;
  readonly logLevel: string;
  /** Orders are told as traces to OpenTelemetry. */
  readonly isTracing: boolean;
  /** The database server takes backups of its own. */
  readonly areBackupsElsewhere: boolean;
  /** Where people log in with their company's account; undefined when they do not. */
  readonly oidc:
    | { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
    | undefined;
  /** The value of a secret, or undefined when it is not set; `NAME_FILE` may name a file that holds it. */
  secret(name: string): string | undefined;
  /** ORDNA_<PROVIDER>_URL, without a trailing slash. */
  hostOf(provider: string): string | undefined;
  /** One sentence for each setting that is wrong. */
  readonly problems: readonly string[];
}

/** Those of pino. */
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

export type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const problem: Problem = (sentence) => {
    if (!problems.includes(sentence)) problems.push(sentence);
  };
  const value = (name: string) => env[name]?.trim() || undefined;
  const secret = (name: string) => value(name) ?? fileSecret(env, name, problem);

  const number = (name: string, fallback: number, min: number, max: number) => {
    const text = value(name);
    if (text === undefined) return fallback;
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= min && n <= max) return n;
    problem(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
    return fallback;
  };

  const url = (name: string, protocols: readonly string[]) => {
    const text = secret(name);
    if (text === undefined) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) {
      return text.replace(/\/+$/, "");
    }
    const beginnings = protocols.map((protocol) => `${protocol}//`).join(" or ");
    problem(`${name} must be an address that begins with ${beginnings}.`);
    return undefined;
  };

  const host = value("ORDNA_HOST") ?? "127.0.0.1";
  const port = number("ORDNA_PORT", 4700, 0, 65_535);
  const dataFolder = resolve(value("ORDNA_DATA") ?? ".data");
  return {
    dataFolder,
    cacheFolder: resolve(value("ORDNA_CACHE") ?? ".cache"),
    configFile: resolve(value("ORDNA_CONFIG") ?? "ordna.config.ts"),
    programFolders: (value("PATH") ?? "").split(delimiter).filter(Boolean),
    host,
    port,
    publicUrl: url("ORDNA_PUBLIC_URL", ["http:", "https:"]) ?? `http://${inUrl(host)}:${port}`,
    databaseUrl: url("DATABASE_URL", ["postgres:", "postgresql:"]),
    redisUrl: url(
      "REDIS_URL",
      ["", "+sentinel", "+cluster"].flatMap((kind) => [`redis${kind}:`, `rediss${kind}:`]),
    ),
    sandboxPort: number("ORDNA_SANDBOX_PORT", 4801, 1024, 65_000),
    concurrency: number("ORDNA_CONCURRENCY", 50, 1, 1000),
    consoleKey: secret("ORDNA_CONSOLE_KEY"),
    sealingKeys: sealingKeysOf(secret("ORDNA_SEALING_KEY"), problem),
    proxies: number("ORDNA_PROXIES", 0, 0, 10),
    linkDays: number("ORDNA_LINK_DAYS", 7, 1, 60),
    logLevel: logLevelOf(value("ORDNA_LOG") ?? "info", problem),
    areBackupsElsewhere: backupsOf(value("ORDNA_BACKUPS"), problem),
    isTracing: value("OTEL_EXPORTER_OTLP_ENDPOINT") !== undefined,
    oidc: oidcOf(url("ORDNA_OIDC_ISSUER", ["https:", "http:"]), secret, problem),
    secret,
    hostOf: (provider) => {
      const name = `ORDNA_${provider.toUpperCase().replaceAll("-", "_")}_URL`;
      return url(name, ["http:", "https:"]);
    },
    problems,
  };
}

type Problem = (sentence: string) => void;

function backupsOf(text: string | undefined, problem: Problem): boolean {
  if (text !== undefined && text !== "server") {
    problem(`ORDNA_BACKUPS must be "server" or not be set, not "${text}".`);
  }
  return text === "server";
}

function logLevelOf(text: string, problem: Problem): string {
  if (!logLevels.includes(text)) {
    problem(`ORDNA_LOG must be one of ${logLevels.join(", ")}, not "${text}".`);
  }
  return text;
}

function sealingKeysOf(text: string | undefined, problem: Problem): readonly string[] {
  const keys = (text ?? "")
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  if (keys.some((key) => key.length < 32)) {
    problem(
      "ORDNA_SEALING_KEY must be 32 characters or more (openssl rand -base64 32); the newest first, older ones after a comma.",
    );
  }
  return keys;
}

function oidcOf(
  issuer: string | undefined,
  secret: (name: string) => string | undefined,
  problem: Problem,
): Settings["oidc"] {
  if (issuer === undefined) return undefined;
  const [clientId, clientSecret] = ["ORDNA_OIDC_CLIENT_ID", "ORDNA_OIDC_CLIENT_SECRET"].map(secret);
  if (clientId !== undefined && clientSecret !== undefined)
    return { issuer, clientId, clientSecret };
  problem("ORDNA_OIDC_ISSUER needs ORDNA_OIDC_CLIENT_ID and ORDNA_OIDC_CLIENT_SECRET beside it.");
  return undefined;
}

/** An IPv6 address stands in brackets there. */
export const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);

function fileSecret(env: Environment, name: string, problem: Problem): string | undefined {
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    problem(`${name}_FILE names a file that cannot be read.`);
    return undefined;
  }
}
