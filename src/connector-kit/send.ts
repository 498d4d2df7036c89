// The real way out: undici over kept-alive connections. One request is one request: no retries, no redirects.
import { EventEmitter } from "node:events";
import { Agent } from "undici";
import { ActionError } from "./action-error.ts";
import { noAnswer } from "./direct-send.ts";
import type { HttpRequest, HttpResponse, Send } from "./http.ts";
import { guardedLookup, refusedHost } from "./reachable-host.ts";

const maxBodyBytes = 10 * 1024 * 1024;

export interface SendOptions {
  /** Loopback and private addresses are refused unless this is set (simulators, an on-premises proxy). */
  readonly allowsPrivateHosts: boolean;
}

/** One pool of connections for one provider account. */
export interface Outlet {
  /** A `Send` that refuses to begin, and gives up, once `msLeft()` is used up. */
  sendUntil(msLeft: () => number): Send;
  close(): Promise<void>;
}

export function outlet(options: SendOptions): Outlet {
  const agent = new Agent({
    connect: {
      timeout: 10_000,
      ...(options.allowsPrivateHosts ? {} : { lookup: guardedLookup }),
    },
    keepAliveTimeout: 30_000,
    pipelining: 1,
    maxResponseSize: maxBodyBytes,
    // Each request has a time of its own, for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    sendUntil: (msLeft) => (request) => sendOnce(agent, request, msLeft, options),
    close: () => agent.close(),
  };
}

async function sendOnce(
  agent: Agent,
  request: HttpRequest,
  msLeft: () => number,
  options: SendOptions,
): Promise<HttpResponse> {
  const url = new URL(request.url);
  const refusal = refusedHost(url, options.allowsPrivateHosts);
  if (refusal) throw new ActionError("permanent", refusal, { cause: "request.refused" });
  // Checked in the same tick as the request is written: nothing leaves after the deadline.
  const timeoutMs = Math.ceil(msLeft());
  if (timeoutMs <= 0) throw noAnswer(request, true, ": the time for this attempt was used up");
  // Not AbortSignal.timeout: its timer lives on for as long as the answer might have taken, thousands of them in a burst.
  const signal = new EventEmitter();
  let isTooLate = false;
  const timer = setTimeout(() => {
    isTooLate = true;
    signal.emit("abort");
  }, timeoutMs);
  try {
    const { statusCode, headers, body } = await agent.request({
      origin: url.origin,
      path: pathAsWritten(request.url),
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal,
    });
    const bytes = await body.bytes();
    return { status: statusCode, headers: flat(headers), body: bytes, request };
  } catch (thrown) {
    if (isTooLate) throw noAnswer(request, false, " in time");
    if (codeOf(thrown) === "UND_ERR_INVALID_ARG") throw cannotBeSent(url.origin);
    throw noAnswer(request, neverLeft(thrown), whyOf(thrown));
  } finally {
    clearTimeout(timer);
  }
}

/** Not url.pathname: some providers sign the address byte for byte as we wrote it. */
function pathAsWritten(url: string): string {
  const path = /^\w+:\/\/[^/?]*(.*)$/s.exec(url)?.[1] ?? "";
  return path.startsWith("/") ? path : `/${path}`;
}

/** Nothing left: an address or a header (a key with a line break in it?) is not fit for HTTP. */
function cannotBeSent(origin: string): ActionError {
  const message = `This request to ${origin} cannot be sent: an address or a header holds an unfit character.`;
  return new ActionError("permanent", message, { cause: "config.invalid" });
}

const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "EPRIVATEHOST",
]);

/** True when the request cannot have reached the provider. Everything else may have. */
function neverLeft(thrown: unknown): boolean {
  return beforeSending.has(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return "";
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  return code || ("cause" in thrown ? codeOf(thrown.cause) : "");
}

function whyOf(thrown: unknown): string {
  const code = codeOf(thrown);
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return " in less than 10 MiB";
  return code ? ` (${code})` : "";
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flattened: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    flattened[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  return flattened;
}
