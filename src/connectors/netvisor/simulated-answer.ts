// Netvisor's envelope: OK, or FAILED and then the reason in a second Status.
import { tag, wrap } from "./simulated-xml.ts";

/** A refusal, thrown by whatever finds it and answered at the door. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

export function invalid(text: string): Refusal {
  return new Refusal("INVALID_DATA", `Data form incorrect:. ${text}`);
}

export function answerOk(now: Date, body: string): Response {
  return answer(200, now, tag("Status", "OK"), body);
}

export function answerInserted(now: Date, key: string): Response {
  return answerOk(now, wrap("Replies", tag("InsertedDataIdentifier", key)));
}

const httpStatuses: Readonly<Record<string, number>> = {
  AUTHENTICATION_FAILED: 401,
  SERVICE_ACCESS_ERROR: 403,
  TECHNICAL_ERROR: 500,
  SYSTEM_MAINTANANCE: 500,
};

/** Without the header that asks for statuses every answer is HTTP 200. */
export function answerRefusal(now: Date, refusal: Refusal, wantsStatus: boolean): Response {
  const status = wantsStatus ? (httpStatuses[refusal.code] ?? 400) : 200;
  const reason = tag("Status", `${refusal.code} :: ${refusal.message}`);
  return answer(status, now, tag("Status", "FAILED") + reason, "");
}

function answer(status: number, now: Date, statuses: string, body: string): Response {
  const xml =
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' +
    wrap("Root", wrap("ResponseStatus", statuses + tag("TimeStamp", stamp(now))) + body);
  return new Response(xml, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** "5.6.2023 16:12:09": nothing but minutes and seconds is padded. */
function stamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${now.getUTCDate()}.${now.getUTCMonth() + 1}.${now.getUTCFullYear()}`;
  return `${day} ${now.getUTCHours()}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}`;
}
