// What Mailgun tells about its messages: the Events API, and the Logs API that follows it.
import { mailgunDate, says } from "./simulated-answer.ts";
import type { KeptMessage } from "./simulated-message.ts";
import { eventsOf, type MessageEvent } from "./simulated-story.ts";

export interface Index {
  readonly domain: string;
  readonly messages: readonly KeptMessage[];
  /** Seconds since the epoch: what happened later is not indexed yet. */
  readonly until: number;
}

/** `GET /v3/{domain}/events`, and `.../events/{page}` as the answer names it. */
export function listEvents(url: URL, page: string | undefined, index: Index): Response {
  const asked = page === undefined ? { query: url.search, skip: 0 } : readPage(page);
  if (!asked) return says(400, "simulated: there is no such page");
  const query = new URLSearchParams(asked.query);
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
  const items = indexed(index, (m) => {
    return wanted("message-id", m.messageId) && isTo(m, query.get("recipient"));
  }).filter((e) => e.timestamp >= earliest && e.timestamp <= latest && wanted("event", e.event));
  const pageAt = (skip: number) =>
    `https://api.mailgun.net/v3/${index.domain}/events/${asPage({ ...asked, skip })}`;
  const paging = {
    next: pageAt(asked.skip + limit),
    previous: pageAt(Math.max(asked.skip - limit, 0)),
  };
  return Response.json({ items: items.slice(asked.skip, asked.skip + limit), paging });
}

interface Asked {
  readonly query: string;
  readonly skip: number;
}

const asPage = (asked: Asked) => Buffer.from(JSON.stringify(asked)).toString("base64url");

function readPage(page: string): Asked | undefined {
  try {
    const asked: unknown = JSON.parse(Buffer.from(page, "base64url").toString());
    return { query: String(at(asked, "query")), skip: Number(at(asked, "skip")) };
  } catch {
    return undefined;
  }
}

/** `POST /v1/analytics/logs`, with the two filters that we know of. */
export function listLogs(body: unknown, index: Index): Response {
  const predicates = predicatesOf(body);
  if (!predicates) return says(400, "simulated: the filter cannot be read");
  const recipient = predicates.get("recipient") ?? null;
  const isHere = (predicates.get("domain") ?? index.domain) === index.domain;
  const limit = Math.min(Number(at(at(body, "pagination"), "limit") ?? 100), 100);
  const skip = Number(at(at(body, "pagination"), "token") ?? 0);
  const items = indexed(index, (m) => isHere && isTo(m, recipient))
    .sort((a, b) => b.timestamp - a.timestamp)
    .map(({ timestamp, ...event }) => ({
      ...event,
      "@timestamp": new Date(timestamp * 1000).toISOString(),
      domain: { name: index.domain },
      "user-variables": JSON.stringify(event["user-variables"]),
    }));
  const start = mailgunDate(new Date(0));
  const pagination = { next: String(skip + limit), total: items.length };
  return Response.json({ start, end: start, items: items.slice(skip, skip + limit), pagination });
}

function indexed(index: Index, isWanted: (message: KeptMessage) => boolean): MessageEvent[] {
  const { domain, messages, until } = index;
  return messages
    .filter(isWanted)
    .flatMap((message) => eventsOf(message, domain))
    .filter(({ timestamp }) => timestamp <= until);
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
