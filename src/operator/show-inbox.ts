// The inbox, with what Ordna would suggest for the addresses that stand in it.
import type { InboxGroup, InboxOrder, InboxQuery } from "../ledger/list-inbox.ts";
import { listInbox } from "../ledger/list-inbox.ts";
import { factOf } from "../order/amend-order.ts";
import type { Desk } from "./desk.ts";
import { suggestionsFor } from "./show-holds.ts";

export interface Suggested {
  readonly field: string;
  readonly before: string | null;
  readonly after: string;
}

/** As many as a card shows at first. */
const mostLookedAt = 5;

export async function showInbox(desk: Desk, query: InboxQuery) {
  const inbox = await listInbox(desk.db, query);
  const groups = await Promise.all(inbox.groups.map((group) => withSuggestions(desk, group)));
  return { ...inbox, groups };
}

async function withSuggestions(desk: Desk, group: InboxGroup) {
  const isAddress = group.state === "attention" && group.cause.startsWith("address.");
  const looked = isAddress ? group.orders.slice(0, mostLookedAt) : [];
  const suggested = new Map<string, readonly Suggested[]>();
  for (const order of looked) suggested.set(order.reference, await suggestionOf(desk, order));
  const orders = group.orders.map((order) => ({
    ...order,
    suggested: suggested.get(order.reference) ?? [],
  }));
  return { ...group, orders };
}

async function suggestionOf(desk: Desk, { reference }: InboxOrder): Promise<Suggested[]> {
  const record = await desk.ledger.loadOrder(reference);
  if (!record) return [];
  return [...suggestionsFor(record.order)].flatMap(([field, after]) => {
    const before = factOf(record.order, field);
    return before === after ? [] : [{ field, before: before?.toString() ?? null, after }];
  });
}
