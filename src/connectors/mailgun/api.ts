// Mailgun over HTTP: who we are, what it answers, and what its refusals mean.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Wiring } from "../../connector-kit/connector.ts";
import {
  bodyText,
  type HttpRequest,
  type HttpResponse,
  type Send,
  statusError,
} from "../../connector-kit/http.ts";
import { oneLine } from "../../language/one-line.ts";
import { retryAfterOf } from "./retry-after.ts";
import type { Settings } from "./settings.ts";

export interface Account {
  readonly host: string;
  readonly domain: string;
  readonly region: "eu" | "us";
  readonly apiKey: string;
  readonly sendingKey: string;
  /** So far back events can be looked for. */
  readonly retentionMs: number;
}

const dayMs = 24 * 3600_000;

export function accountOf(settings: Settings, wiring: Wiring): Account {
  const apiKey = wiring.secrets.apiKey ?? "";
  return {
    host: wiring.hosts.api ?? "",
    domain: settings.domain,
    region: settings.region,
    apiKey,
    retentionMs: settings.eventRetentionDays * dayMs,
    sendingKey: settings.sendingKey ? (wiring.secrets.sendingKey ?? "") : apiKey,
  };
}

export const queuedSchema = z.object({
  id: z.string().min(1).max(998),
  message: z.string().max(500),
});

export const eventSchema = z.object({
  event: z.string().max(50),
  id: z.string().max(200).nullish(),
  /** Seconds since the epoch; the Logs API has "@timestamp" instead. */
  timestamp: z.number().nullish(),
  severity: z.string().max(50).nullish(),
  reason: z.string().max(500).nullish(),
  reject: z.object({ reason: z.string().max(2000).nullish() }).nullish(),
  message: z
    .object({ headers: z.object({ "message-id": z.string().max(998).nullish() }).nullish() })
    .nullish(),
  // The Events API gives an object, the Logs API the same as a JSON string.
  "user-variables": z
    .union([z.record(z.string().max(200), z.unknown()), z.string().max(10_000)])
    .nullish(),
});

export const eventsSchema = z.object({
  items: z.array(eventSchema).max(300),
  paging: z.object({ next: z.string().max(8000).nullish() }).nullish(),
});

export const logsSchema = z.object({
  items: z.array(eventSchema).max(300),
  pagination: z.object({ next: z.string().max(8000).nullish() }).nullish(),
});

type SuppressionList = "bounces" | "complaints" | "unsubscribes";

const listedSchema = z.object({ address: z.string().min(1).max(998) });

/** An entry of each list of addresses that are not delivered to; only one of them knows tags. */
export const suppressedSchema: Readonly<
  Record<SuppressionList, z.ZodType<{ address: string; tags?: readonly string[] }>>
> = {
  bounces: listedSchema,
  complaints: listedSchema,
  unsubscribes: listedSchema.extend({ tags: z.array(z.string().max(200)).max(1000) }),
};

export const templateSchema = z.object({
  template: z.object({
    name: z.string().max(300),
    version: z.object({ tag: z.string().max(200), active: z.boolean().nullish() }).nullish(),
  }),
});

export const storedSchema = z.object({ message: z.string().max(500) });

export const signingKeySchema = z.object({ http_signing_key: z.string().min(1).max(200) });

export const domainSchema = z.object({
  domain: z.object({ name: z.string().max(253), state: z.string().max(50).nullish() }),
});

export const basic = (key: string) => `Basic ${Buffer.from(`api:${key}`).toString("base64")}`;

export function get(account: Account, path: string, send: Send): Promise<HttpResponse> {
  const headers = { authorization: basic(account.apiKey), accept: "application/json" };
  return send({ method: "GET", url: `${account.host}${path}`, headers });
}

/** Posts or puts a form; `key` is the account's unless a message is sent. */
export async function sendForm(
  account: Account,
  request: { readonly method: "POST" | "PUT"; readonly path: string; readonly key?: string },
  form: FormData,
  send: Send,
): Promise<HttpResponse> {
  const encoded = new Response(form);
  const headers: HttpRequest["headers"] = {
    authorization: basic(request.key ?? account.apiKey),
    accept: "application/json",
    "content-type": encoded.headers.get("content-type") ?? "multipart/form-data",
  };
  const body = new Uint8Array(await encoded.arrayBuffer());
  const url = `${account.host}${request.path}`;
  return send({ method: request.method, url, headers, body });
}

/** What Mailgun itself says of an entry that is not there. Any other 404 tells of a wrong address or a proxy. */
export function saysAbsent(response: HttpResponse, words: RegExp): boolean {
  return response.status === 404 && !isUnknownDomain(response) && words.test(wordsOf(response));
}

/** A 404 that does not say what is not there: nothing may be concluded from it. */
export const strange404 = (what: string) =>
  new ActionError("transient", `Something answered 404 for ${what}, not in Mailgun's words.`, {
    cause: "provider.unexpected_answer",
    status: 404,
  });

export const isUnknownDomain = (response: HttpResponse) =>
  response.status === 404 && /domain not found/i.test(wordsOf(response));

/** What Mailgun says about a refusal: `{"message"}`, or plain text for 401. */
export function wordsOf(response: HttpResponse): string {
  const text = bodyText(response);
  try {
    const { message } = z.object({ message: z.string() }).parse(JSON.parse(text));
    return oneLine(message, 300);
  } catch {
    return text.trimStart().startsWith("<") ? "" : oneLine(text, 100);
  }
}

/** An answer that says no, as the error to throw. */
export function refusal(account: Account, response: HttpResponse, now: Date): ActionError {
  const { status } = response;
  const words = wordsOf(response);
  if (isUnknownDomain(response)) return unknownDomain(account, status);
  if (status === 401 || status === 403) {
    const message =
      `Mailgun refuses our key (${words || status}). ` +
      "Check that it is whole, belongs to this account and may be used for this.";
    return new ActionError("transient", message, { cause: "auth.refused", status });
  }
  if (status === 429) {
    const retryAfterMs = retryAfterOf(response, now);
    return new ActionError("transient", `Mailgun asks us to slow down: ${words}`, {
      cause: "provider.rate_limited",
      status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  return statusError(response, `Mailgun answered ${status}: ${words}`);
}

function unknownDomain(account: Account, status: number): ActionError {
  const other = account.region === "eu" ? "us" : "eu";
  const message =
    `Mailgun's ${account.region} region does not know ${account.domain}. ` +
    `If the domain lives in the other one, set region: "${other}".`;
  return new ActionError("transient", message, { cause: "auth.refused", status });
}
