// What Mailgun tells about its messages: the Events API, and the Logs API that follows it.
import { mailgunDate, says } from "./simulated-answer.ts";
import type { KeptMessage } from "./simulated-message.ts";

/** `GET /v3/{domain}/events`; `visible` are the messages that are indexed by now. */
export function listEvents(url: URL, visible: readonly KeptMessage[], domain: string): Response {
  const query = url.searchParams;
  if (!query.has("end") && !query.has("ascending")) {
    return says(400, "simulated: ascending must be given when end is not");
  }
  const limit = Number(query.get("limit") ?? "100");
  if (!(limit >= 1 && limit <= 300)) return says(400, "simulated: limit must be 1 to 300");
  const from = Number(query.get("begin") ?? "0");
  const to = Number(query.get("end") ?? "Infinity");
  const [earliest, latest] = from <= to ? [from, to] : [to, from];
  const wanted = (name: string, value: string) =>
    !query.has(name) || query.get(name)?.toLowerCase() === value;
  const items = visible
    .filter((m) => wanted("message-id", m.messageId) && isTo(m, query.get("recipient")))
    .flatMap((m) => eventsOf(m, domain))
    .filter((e) => e.timestamp >= earliest && e.timestamp <= latest && wanted("event", e.event));
  const page = `https://api.mailgun.net/v3/${domain}/events/`;
  const paging = { next: `${page}next`, previous: `${page}previous` };
  return Response.json({ items: items.slice(0, limit), paging });
}

/** `POST /v1/analytics/logs`, with the two filters that we know of. */
export function listLogs(body: unknown, visible: readonly KeptMessage[], domain: string): Response {
  const predicates = predicatesOf(body);
  if (!predicates) return says(400, "simulated: the filter cannot be read");
  const recipient = predicates.get("recipient") ?? null;
  const isHere = (predicates.get("domain") ?? domain) === domain;
  const items = visible
    .filter((m) => isHere && isTo(m, recipient))
    .flatMap((m) => eventsOf(m, domain))
    .map((event) => ({
      ...event,
      "@timestamp": new Date(event.timestamp * 1000).toISOString(),
      domain: { name: domain },
      "user-variables": JSON.stringify(event["user-variables"]),
    }));
  const at = mailgunDate(new Date(0));
  return Response.json({ start: at, end: at, items: items.slice(0, 100), pagination: {} });
}

const isTo = (message: KeptMessage, recipient: string | null) =>
  recipient === null || message.recipients.includes(recipient.toLowerCase());

function predicatesOf(body: unknown): Map<string, string> | undefined {
  const all = at(at(body, "filter"), "AND");
  if (!Array.isArray(all)) return undefined;
  return new Map(
    all.map((predicate) => {
      const values = at(predicate, "values");
      const first: unknown = Array.isArray(values) ? values[0] : undefined;
      return [String(at(predicate, "attribute")), String(at(first, "value"))];
    }),
  );
}

const at = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

function eventsOf(message: KeptMessage, domain: string) {
  const size = message.html.length + message.attachments.reduce((sum, a) => sum + a.size, 0);
  const common = {
    timestamp: message.at / 1000,
    tags: message.tags,
    envelope: { sender: `postmaster@${domain}`, transport: "smtp", targets: message.recipients[0] },
    "user-variables": message.variables,
    flags: { "is-authenticated": true, "is-test-mode": message.isTestMode },
    message: {
      headers: {
        to: message.to,
        "message-id": message.messageId,
        from: message.from,
        subject: message.subject,
      },
      attachments: message.attachments.map((a) => ({
        filename: a.fileName,
        "content-type": a.mediaType,
        size: a.size,
      })),
      recipients: message.recipients,
      size,
    },
    recipient: message.recipients[0] ?? "",
    method: "http",
  };
  const accepted = { ...common, id: `a${message.at}`, event: "accepted", "log-level": "info" };
  return message.suppressed === undefined
    ? [accepted, { ...common, id: `d${message.at}`, event: "delivered", "log-level": "info" }]
    : [accepted, failure(common, message.suppressed, `f${message.at}`)];
}

function failure(common: object & { timestamp: number }, reason: string, id: string) {
  return {
    ...common,
    id,
    event: "failed",
    "log-level": "error",
    severity: "permanent",
    reason,
    "delivery-status": {
      "attempt-no": 1,
      message: "",
      code: 605,
      description: "Not delivering to previously bounced address",
      "session-seconds": 0,
    },
    "user-variables": Reflect.get(common, "user-variables"),
  };
}
