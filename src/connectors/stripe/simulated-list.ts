// Query strings and pages, as Stripe reads and makes them.
import { badRequest } from "./simulated-answer.ts";
import { expandPaths, type LookUp, shown } from "./simulated-expand.ts";
import type { StripeObject } from "./stripe-object.ts";

/** Both `expand[]=a` and `expand[0]=a` are lists. */
export function listParam(query: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (const [key, value] of query) {
    const index = key.startsWith(`${name}[`) ? key.slice(name.length) : "";
    if (/^\[\d*\]$/.test(index)) values.push(value);
  }
  return values;
}

const paging = ["limit", "starting_after", "ending_before", "expand"];

/** Stripe refuses what it does not know, by its outermost name. */
export function checkParams(query: URLSearchParams, known: readonly string[]): void {
  for (const key of query.keys()) {
    const name = key.split("[")[0] ?? "";
    if (!known.includes(name)) {
      throw badRequest(`Received unknown parameter: ${name}`, {
        code: "parameter_unknown",
        param: name,
      });
    }
  }
}

/** `created=5` or `created[gte]=5`, for seconds of the Unix epoch. */
export function isCreatedAsAsked(created: number, query: URLSearchParams): boolean {
  const bound = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
  const exactly = bound("created");
  return (
    (exactly === undefined || created === exactly) &&
    created >= (bound("created[gte]") ?? 0) &&
    created > (bound("created[gt]") ?? -1) &&
    created <= (bound("created[lte]") ?? Infinity) &&
    created < (bound("created[lt]") ?? Infinity)
  );
}

export interface ListRequest {
  readonly url: string;
  readonly query: URLSearchParams;
  /** Parameters beside paging and expansion. */
  readonly filters?: readonly string[];
  readonly lookUp: LookUp;
}

/** One page of `items`, which come in the order that Stripe lists them in: newest first. */
export function page(items: readonly StripeObject[], request: ListRequest): unknown {
  const { query } = request;
  checkParams(query, [...paging, ...(request.filters ?? [])]);
  const expand = expandPaths(listParam(query, "expand"), "data.");
  const limit = limitOf(query);
  const after = query.get("starting_after");
  const before = query.get("ending_before");
  const start = after === null ? 0 : indexOf(items, after, "starting_after") + 1;
  const end = before === null ? items.length : indexOf(items, before, "ending_before");
  const rest = items.slice(start, end);
  const data = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  return {
    object: "list",
    data: data.map((item) => shown(item, expand, request.lookUp)),
    has_more: rest.length > limit,
    url: request.url,
  };
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? 10);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw badRequest(`Invalid integer: ${query.get("limit")}`, {
    code: "parameter_invalid_integer",
    param: "limit",
  });
}

function indexOf(items: readonly StripeObject[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index >= 0) return index;
  throw badRequest(`No such object: '${id}'`, { code: "resource_missing", param });
}
