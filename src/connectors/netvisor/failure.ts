// What Netvisor's error codes mean for us. The code comes before " :: ", the text after it.
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, reads, unexpectedAnswer } from "../../connector-kit/http.ts";

/** `secrets` never leave in a message: AUTHENTICATION_FAILED may repeat what was signed. */
export function failure(
  status: string,
  response: HttpResponse,
  secrets: readonly string[],
): ActionError {
  const [code = "", ...rest] = status.split(" :: ");
  const text = redact(rest.join(" :: "), secrets) || "no reason given";
  return known(code.trim(), text, response) ?? unexpectedAnswer(response, `${code}: ${text}`);
}

function known(code: string, text: string, response: HttpResponse): ActionError | undefined {
  const { status, request } = response;
  const afterChange = reads(request) ? "transient" : "ambiguous";
  switch (code) {
    case "AUTHENTICATION_FAILED":
      return new ActionError(
        "transient",
        "Netvisor refuses our identification: check customerId, partnerId, organisationId, both keys" +
          ` and the clock. It says: ${withoutLongWords(text)}`,
        { cause: "auth.refused", status },
      );
    case "SERVICE_ACCESS_ERROR":
      return new ActionError(
        "transient",
        `Netvisor gives our key no right to ${resourceOf(request.url)}: grant it in the access` +
          ` rights of the API identifier. It says: ${withoutLongWords(text)}`,
        { cause: "auth.refused", status },
      );
    // Their spelling.
    case "SYSTEM_MAINTANANCE":
    case "SYSTEM_MAINTENANCE":
      return new ActionError("transient", `Netvisor is under maintenance: ${text}`, {
        cause: "provider.outage",
        status,
      });
    case "TECHNICAL_ERROR":
      return new ActionError(afterChange, `Netvisor had a technical error: ${text}`, {
        cause: "provider.outage",
        status,
      });
    // Our ids are random, so somebody on the way sent the request twice; the first may have worked.
    case "REQUEST_NOT_UNIQUE":
      return new ActionError(afterChange, `Netvisor had this request before: ${text}`, {
        cause: "provider.no_answer",
        status,
      });
    case "PERIOD_LOCK":
      return new ActionError("permanent", `Netvisor's accounting period is closed: ${text}`, {
        cause: "invoice.period_locked",
        status,
      });
    case "DUPLICATE_DATA":
      return new ActionError("permanent", `Netvisor holds it already: ${text}`, {
        cause: "record.exists_differently",
        status,
      });
    case "INVALID_DATA":
    case "INVALID_DATA_SIZE":
      return new ActionError("permanent", `Netvisor refuses the data: ${text}`, {
        cause: "request.refused",
        status,
      });
    default:
      return undefined;
  }
}

function resourceOf(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split("/").at(-1) ?? "") : "this resource";
}

function redact(text: string, secrets: readonly string[]): string {
  const bounded = text.trim().slice(0, 500);
  return secrets.reduce((all, secret) => all.replaceAll(secret, "[removed]"), bounded);
}

/** Keys, MACs and signed messages are long and without blanks; sentences for people are not. */
function withoutLongWords(text: string): string {
  return text.replace(/\S{25,}/g, "[removed]");
}
