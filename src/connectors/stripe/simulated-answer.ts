// Stripe's answers: JSON with a request id, and errors in their one shape.
import { createHash } from "node:crypto";

interface ErrorBody {
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
}

/** Thrown by whoever finds out that a request cannot be answered. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    body: ErrorBody = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function badRequest(message: string, body: ErrorBody = {}): StripeRefusal {
  return new StripeRefusal(400, message, body);
}

export function missing(what: string, id: string, param: string): StripeRefusal {
  return new StripeRefusal(404, `No such ${what}: '${id}'`, { code: "resource_missing", param });
}

export function answer(status: number, body: unknown, request: Request, more: HeadersInit = {}) {
  const headers = new Headers(more);
  headers.set("content-type", "application/json");
  headers.set("request-id", requestId(request, body));
  const version = request.headers.get("stripe-version");
  if (version) headers.set("stripe-version", version);
  return new Response(JSON.stringify(body, null, 2), { status, headers });
}

export function refusal(error: StripeRefusal, request: Request): Response {
  const { type = "invalid_request_error", ...rest } = error.body;
  const body = { error: { ...rest, message: error.message, type } };
  return answer(error.status, body, request, error.headers);
}

/** Made from what was said, since a simulator draws no random numbers. */
function requestId(request: Request, body: unknown): string {
  const digest = createHash("sha256").update(request.url).update(JSON.stringify(body));
  return `req_${digest.digest("base64url").replaceAll(/[_-]/g, "0").slice(0, 14)}`;
}
