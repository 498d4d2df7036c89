// What Airtable means when it says no: https://airtable.com/developers/web/api/errors
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { bodyText, type HttpResponse, retryAfter, statusError } from "../../connector-kit/http.ts";

export interface Where {
  readonly baseId: string;
  readonly tableId: string;
}

interface Refusal {
  readonly type: string;
  readonly message: string;
}

const short = z.string().transform((text) => text.slice(0, 300));

// Three shapes: the third is what the live service sends with a 429, against its own documentation.
const refusalSchema = z.union([
  z.object({ error: short }).transform(({ error }) => ({ type: error, message: "" })),
  z
    .object({ error: z.object({ type: short, message: short.optional() }) })
    .transform(({ error }) => ({ type: error.type, message: error.message ?? "" })),
  z
    .object({ errors: z.array(z.object({ error: short, message: short.optional() })).min(1) })
    .transform(({ errors }) => ({
      type: errors[0]?.error ?? "",
      message: errors[0]?.message ?? "",
    })),
]);

export function airtableRefusal(response: HttpResponse, where: Where): ActionError {
  const refusal = readRefusal(response);
  switch (response.status) {
    case 429:
      return slowDown(response, refusal);
    case 401:
      return account(response, "Airtable does not accept the token: make a new one and set it.");
    case 403:
      return account(response, forbidden(refusal, where));
    case 404:
      return account(response, notThere(where));
    case 422:
      return invalid(refusal);
  }
  return later(response, `Airtable answered HTTP ${response.status}${tail(refusal)}.`);
}

function readRefusal(response: HttpResponse): Refusal {
  const none = { type: "", message: "" };
  try {
    return refusalSchema.safeParse(JSON.parse(bodyText(response))).data ?? none;
  } catch {
    return none;
  }
}

// After a 429 every request of the next 30 seconds is refused as well.
// https://airtable.com/developers/web/api/rate-limits
const silenceMs = 30_000;
// The quota comes back with the month or with a bigger plan; until then a look now and then is
// enough.
const quotaLookMs = 6 * 3600_000;

/** Two refusals share the status 429; waiting mends only one of them. */
function slowDown(response: HttpResponse, refusal: Refusal): ActionError {
  const { status } = response;
  if (refusal.type === "PUBLIC_API_BILLING_LIMIT_EXCEEDED") {
    const message =
      "Airtable's monthly quota of API calls is spent: take a bigger plan, or wait for next month.";
    const failure = { cause: "account.quota_spent", status, retryAfterMs: quotaLookMs } as const;
    return new ActionError("transient", message, failure);
  }
  const asked = retryAfter(response.headers["retry-after"]) ?? 0;
  return new ActionError("transient", "Airtable asks for 30 seconds of silence in this base.", {
    cause: "provider.rate_limited",
    status,
    retryAfterMs: Math.max(silenceMs, asked),
  });
}

// It concerns every order alike, so orders wait until somebody has mended it instead of failing one
// by one.
function account({ status }: HttpResponse, message: string): ActionError {
  return new ActionError("transient", message, { cause: "auth.refused", status });
}

function forbidden(refusal: Refusal, where: Where): string {
  if (refusal.type === "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND" || refusal.type === "") {
    return notThere(where);
  }
  const words = tail(refusal);
  return `Airtable does not let the token's user do this${words}. It needs the editor role.`;
}

function notThere({ baseId, tableId }: Where): string {
  return (
    `Airtable has no table "${tableId}" in base ${baseId}, or the token may not see it: ` +
    "check both ids, the token's list of bases and its scopes data.records:read and :write."
  );
}

function invalid(refusal: Refusal): ActionError {
  const subject = quoted(refusal.message);
  switch (refusal.type) {
    case "UNKNOWN_FIELD_NAME":
      return permanent(
        "field.missing",
        `The Airtable table has no field "${subject}": add it, or set its name in the options.`,
      );
    case "INVALID_MULTIPLE_CHOICE_OPTIONS":
      return permanent(
        "field.missing",
        `The Airtable select has no option "${subject}" and the token may not add it: do it by hand.`,
      );
    case "INVALID_VALUE_FOR_COLUMN":
      return permanent(
        "request.refused",
        `The Airtable field "${subject}" does not take the value: check the field's type.`,
      );
  }
  return permanent("request.refused", `Airtable refused the row${tail(refusal)}.`);
}

function permanent(cause: "field.missing" | "request.refused", message: string): ActionError {
  return new ActionError("permanent", message, { cause, status: 422 });
}

/**
 * The name that Airtable quotes, once or twice over: `"Total"`, `""Shipped""`; else all that it
 * says.
 */
function quoted(message: string): string {
  return /"+([^"]+)"+/.exec(message)?.[1] ?? message;
}

const tail = ({ type, message }: Refusal) =>
  type === "" ? "" : ` (${type}${message === "" ? "" : `: ${message.replace(/\.$/, "")}`})`;

/**
 * Airtable calls 502 and 503 "safe to retry". For an upsert that is true, but it may still have
 * been done: the repeat waits for the settle window, so that two first upserts never meet.
 */
function later(response: HttpResponse, message: string): ActionError {
  const error = statusError(response, message);
  const retryAfterMs = retryAfter(response.headers["retry-after"]);
  if (retryAfterMs === undefined) return error;
  return new ActionError(error.verdict, error.message, { ...error.failure, retryAfterMs });
}
