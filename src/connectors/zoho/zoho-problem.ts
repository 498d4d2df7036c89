// What Zoho says when it says no, in any of its envelopes, and what that means for us.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { bodyText, type HttpResponse, reads, statusError } from "../../connector-kit/http.ts";

export const recordId = z.string().regex(/^\d{1,30}$/);

const details = z
  .object({
    api_name: z.string().max(200).optional(),
    expected_data_type: z.string().max(200).optional(),
    maximum_length: z.union([z.number(), z.string().max(20)]).optional(),
    retry_after: z.number().positive().optional(),
    permissions: z.array(z.string().max(200)).max(50).optional(),
    duplicate_record: z
      .object({ id: recordId, module: z.object({ api_name: z.string().max(200) }) })
      .optional(),
    errors: z.array(z.unknown()).max(200).optional(),
  })
  .catch({});

// An old shape is still met: {"code":429,"error":"TOO_MANY_REQUESTS","error_info":"…"}.
const rawProblem = z.object({
  code: z.union([z.string().max(200), z.number()]),
  error: z.string().max(200).optional(),
  message: z.string().max(2000).optional(),
  error_info: z.string().max(2000).optional(),
  details: details.optional(),
});

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details: z.output<typeof details>;
}

/** The problems in one JSON value; several hide in the `errors` of a MULTIPLE_OR_MULTI_ERRORS. */
export function problemsIn(value: unknown): readonly Problem[] {
  const parsed = rawProblem.safeParse(value);
  if (!parsed.success) return [];
  const { code, error, message, error_info, details: said } = parsed.data;
  const inner = (said?.errors ?? []).flatMap(problemsIn);
  if (inner.length > 0) return inner;
  return [
    {
      code: typeof code === "string" ? code : (error ?? String(code)),
      message: message ?? error_info ?? "",
      details: said ?? {},
    },
  ];
}

/** The JSON of an answer, or undefined when it is none. */
export function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(bodyText(response));
  } catch {
    return undefined;
  }
}

const wrapped = z.object({ data: z.array(z.unknown()).min(1).max(200) });

/** The first record's part of an answer: inside `data`, or the flat answer itself. */
export function firstPart(json: unknown): unknown {
  const parsed = wrapped.safeParse(json);
  return parsed.success ? parsed.data.data[0] : json;
}

/** The error for an answer that says no. `about` is what was asked, for a person: "the deal". */
export function refusalOf(response: HttpResponse, about: string): ActionError {
  const problems = problemsIn(firstPart(jsonOf(response)));
  const errors = problems.map((problem) => errorOf(problem, response, about));
  const worst = errors.find((error) => error.verdict === "permanent") ?? errors[0];
  return worst ?? statusError(response, `Zoho CRM answered HTTP ${response.status} to ${about}.`);
}

export const deadTokenCodes: readonly string[] = ["INVALID_TOKEN", "INVALID_OAUTHTOKEN"];

function errorOf(problem: Problem, response: HttpResponse, about: string): ActionError {
  const { status } = response;
  const { code } = problem;
  const spot = whereOf(problem);
  switch (code) {
    case "TOO_MANY_REQUESTS":
    case "RATE_LIMIT_EXCEEDED":
      return tooMany(problem, response);
    case "INVALID_TOKEN":
    case "INVALID_OAUTHTOKEN":
    case "AUTHENTICATION_FAILURE":
    case "OAUTH_SCOPE_MISMATCH":
    case "NO_PERMISSION":
    case "AUTHORIZATION_FAILED":
      return noAccess(problem, status, about);
    case "RECORD_LOCKED":
      return new ActionError("transient", `Zoho CRM has locked the record of ${about}.`, {
        cause: "provider.rate_limited",
        retryAfterMs: 60_000,
        status,
      });
    case "DEPENDENT_SERVICE_ERROR":
    case "PROCESSING_ERROR":
      return outage(response, `A service behind Zoho CRM failed at ${about} (${code}).`);
    case "MANDATORY_NOT_FOUND":
    case "EXPECTED_FIELD_MISSING":
    case "DEPENDENT_FIELD_MISSING":
      return permanent("field.missing", `Zoho CRM demands ${spot} for ${about}.`, problem, status);
    default:
      break;
  }
  const message = `Zoho CRM refused ${about}: ${code}${spot ? ` at ${spot}` : ""}.`;
  if (status >= 400 && status !== 400) {
    const usual = statusError(response, message);
    if (usual.verdict !== "permanent") return usual;
  }
  return permanent("request.refused", message, problem, status);
}

function permanent(
  cause: "field.missing" | "request.refused",
  message: string,
  problem: Problem,
  status: number,
): ActionError {
  const field = ourFields[problem.details.api_name ?? ""];
  return new ActionError("permanent", message, { cause, status, ...(field ? { field } : {}) });
}

/** Where a person mends it on our side. */
const ourFields: Readonly<Record<string, string>> = {
  Email: "buyer.email",
  First_Name: "buyer.name",
  Last_Name: "buyer.name",
  Phone: "buyer.phone",
};

/** "the field Email (at most 100 characters)" */
function whereOf({ details: said }: Problem): string {
  if (!said.api_name) return "";
  const wants = [
    said.maximum_length === undefined ? "" : `at most ${said.maximum_length} characters`,
    said.expected_data_type ? `expected ${said.expected_data_type}` : "",
  ].filter(Boolean);
  return `the field ${said.api_name}${wants.length > 0 ? ` (${wants.join(", ")})` : ""}`;
}

function noAccess(problem: Problem, status: number, about: string): ActionError {
  const { permissions } = problem.details;
  const list = permissions ? `: ${permissions.join(", ")}` : "";
  const what =
    problem.code === "OAUTH_SCOPE_MISMATCH"
      ? "The refresh token lacks a scope: make a new one with the scopes of the README"
      : problem.code === "NO_PERMISSION" || problem.code === "AUTHORIZATION_FAILED"
        ? `The user behind the refresh token may not do this${list}`
        : "It refuses our access token";
  const message = `Zoho CRM refused ${about} (${problem.code}). ${what}.`;
  return new ActionError("transient", message, { cause: "auth.refused", status });
}

const creditsMs = 2 * 3600_000;

/**
 * Concurrency eases in seconds; credits come back over a rolling 24 hours. One message names both.
 */
function tooMany(problem: Problem, response: HttpResponse): ActionError {
  const asked = problem.details.retry_after;
  const left = response.headers["x-api-credits-remaining"];
  const namesCredits = /24 hour|credit/i.test(problem.message);
  const isSpent = left === undefined ? namesCredits : Number(left) <= 0;
  const { status } = response;
  if (asked === undefined && isSpent) {
    return new ActionError("transient", "The API credits of Zoho CRM for 24 hours are spent.", {
      cause: "account.quota_spent",
      retryAfterMs: creditsMs,
      status,
    });
  }
  return new ActionError("transient", "Zoho CRM asks us to slow down.", {
    cause: "provider.rate_limited",
    retryAfterMs: asked === undefined ? 3_000 : Math.min(asked * 1000, 24 * 3600_000),
    status,
  });
}

function outage(response: HttpResponse, message: string): ActionError {
  return new ActionError(reads(response.request) ? "transient" : "ambiguous", message, {
    cause: "provider.outage",
    status: response.status,
  });
}
