// HTTP as connectors see it: one request, one answer, and transport failures already classified.
import type { z } from "zod";
import { ActionError } from "./action-error.ts";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent byte for byte as given: some providers sign it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** True when the request changes nothing, so that no failure of it can be ambiguous. Default: GET and HEAD. */
  readonly reads?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly request: HttpRequest;
}

/** Rejects with an ActionError when there was no answer; any answer, whatever its status, is a response. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

export function reads(request: HttpRequest): boolean {
  return request.reads ?? (request.method === "GET" || request.method === "HEAD");
}

const utf8 = new TextDecoder();

export function bodyText(response: HttpResponse): string {
  return utf8.decode(response.body);
}

/** The answer as JSON, parsed before it is believed. What we cannot read may still have been done. */
export function readJson<T>(response: HttpResponse, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(bodyText(response));
  } catch {
    throw unexpectedAnswer(response, "it is not JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unexpectedAnswer(response, `${issue?.path.join(".") || "body"}: ${issue?.message}`);
}

/** We cannot tell what this answer says. After a read nothing happened; after a change something may have. */
export function unexpectedAnswer(response: HttpResponse, why: string): ActionError {
  const verdict = reads(response.request) ? "transient" : "ambiguous";
  return new ActionError(verdict, `Unexpected answer (HTTP ${response.status}): ${why}.`, {
    cause: "provider.unexpected_answer",
    status: response.status,
  });
}

/**
 * The usual meaning of an HTTP status that says "no": 429 wait, 401/403 our key, 408 and 5xx may have been done,
 * other 4xx refused for good. How long to wait is taken from Retry-After. A connector handles what its provider means differently first.
 */
export function statusError(response: HttpResponse, message: string): ActionError {
  const { status } = response;
  const retryAfterMs = retryAfter(response.headers["retry-after"]);
  const patience = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) {
    return new ActionError("transient", message, {
      cause: "provider.rate_limited",
      status,
      ...patience,
    });
  }
  if (status === 401 || status === 403) {
    return new ActionError("transient", message, { cause: "auth.refused", status });
  }
  if (status >= 500 || status === 408) {
    const verdict = reads(response.request) ? "transient" : "ambiguous";
    return new ActionError(verdict, message, { cause: "provider.outage", status, ...patience });
  }
  if (status >= 400)
    return new ActionError("permanent", message, { cause: "request.refused", status });
  return unexpectedAnswer(response, message);
}

const maxRetryAfterMs = 24 * 3600_000;

/** Retry-After in ms: seconds or an HTTP date, clamped to 0..24 h; undefined when it says nothing sensible. */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\s*\d{1,12}(\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
  const ms = seconds === undefined ? Date.parse(header) - now : seconds * 1000;
  if (Number.isNaN(ms) || ms < 0) return undefined;
  return Math.min(ms, maxRetryAfterMs);
}
