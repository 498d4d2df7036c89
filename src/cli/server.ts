// Talks to the running Ordna: the command line never opens the folder of a running one.
import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { inUrl, readSettings } from "../settings.ts";

export interface ServerCall {
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  /** The same one twice decides once. */
  readonly key?: string | undefined;
  readonly patienceMs?: number;
}

export async function askServer<T>(
  path: string,
  schema: z.ZodType<T>,
  call: ServerCall = {},
): Promise<T> {
  const response = await ask(path, call);
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusalOf(response, answer);
  return schema.parse(answer);
}

/** Undefined when there is no such file. */
export async function askServerForFile(path: string): Promise<Uint8Array | undefined> {
  const response = await ask(path, {});
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.status === 404) return undefined;
  throw refusalOf(response, answer);
}

const refusalOf = (response: Response, answer: unknown) =>
  new Error(errorIn(answer) ?? `Ordna answered ${response.status}.`);

async function ask(path: string, call: ServerCall): Promise<Response> {
  const settings = readSettings(process.env);
  const base =
    process.env.ORDNA_SERVER?.replace(/\/+$/, "") ??
    `http://${inUrl(settings.host)}:${settings.port}`;
  const key = settings.consoleKey ?? keptKey(settings.dataFolder);
  try {
    return await fetch(`${base}/api${path}`, {
      method: call.method ?? "GET",
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...(call.key === undefined ? {} : { "idempotency-key": call.key }),
        "user-agent": "ordna-cli",
        "x-ordna-actor": userName(),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(call.patienceMs ?? 30_000),
    });
  } catch {
    throw new Error(`No Ordna answers at ${base}. Start it with npm start, or set ORDNA_SERVER.`);
  }
}

/** Who sits at this terminal, as the log of decisions shows it. */
function userName(): string {
  try {
    return userInfo().username.replace(/[^\w.-]/g, "") || "terminal";
  } catch {
    // A container's user may have no name.
    return "terminal";
  }
}

function errorIn(answer: unknown): string | undefined {
  const isError = typeof answer === "object" && answer !== null && "error" in answer;
  return isError && typeof answer.error === "string" ? answer.error : undefined;
}

function keptKey(dataFolder: string): string | undefined {
  const file = join(dataFolder, "console-key");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
