// Which errors mean "the database cannot be used now" (HTTP 503, try again) and not "this request
// is wrong".

/** The database is closed, was lost, or is being opened again. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

/** True for what must become HTTP 503, so that Stripe and every other sender tries again. */
export function isUnavailable(error: unknown): boolean {
  return unavailable(error, 0);
}

// Errors can hold each other in a circle, so the way down is short.
const deepest = 5;

function unavailable(error: unknown, depth: number): boolean {
  if (!(error instanceof Error) || depth > deepest) return false;
  if (error instanceof DatabaseUnavailable) return true;
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && isUnavailableCode(code)) return true;
  if (messages.some((message) => error.message.startsWith(message))) return true;
  if (error instanceof AggregateError) {
    return error.errors.some((inner) => unavailable(inner, depth + 1));
  }
  return unavailable(error.cause, depth + 1);
}

function isUnavailableCode(code: string): boolean {
  return systemCodes.has(code) || sqlStates.has(code) || /^(08|53)...$/.test(code);
}

const systemCodes: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH"],
  ...["EHOSTDOWN", "ENETUNREACH", "ENETDOWN", "ENOTFOUND", "EAI_AGAIN"],
  ...["ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENFILE"],
]);

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sqlStates: ReadonlySet<string> = new Set([
  "25006", // read-only transaction: the server has become a standby
  "57014", // statement timeout: too busy
  "57P01", // an administrator shut it down
  "57P02", // it crashed
  "57P03", // it is starting up
  "57P05", // an idle session was ended
  "58030", // input or output error
]);

/** pg says these without a code. */
const messages: readonly string[] = [
  "Connection terminated",
  "timeout exceeded when trying to connect",
  "timeout expired",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Cannot use a pool after calling end on the pool",
  "Query read timeout",
];
