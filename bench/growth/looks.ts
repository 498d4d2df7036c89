// What is asked of the ledger all the time, by workers and by people.
import type { Database } from "../../src/ledger/database/database.ts";
import { dayInShort } from "../../src/ledger/day-in-short.ts";
import { listEvents } from "../../src/ledger/list-events.ts";
import { listInbox } from "../../src/ledger/list-inbox.ts";
import { listOrders, showOrder } from "../../src/ledger/list-orders.ts";
import { reportOrders } from "../../src/ledger/report-orders.ts";
import { sqlLedger } from "../../src/ledger/sql-ledger.ts";
import { vitalSigns } from "../../src/ledger/vital-signs.ts";
import { namesAmong } from "./fill-ledger.ts";

/** What must not grow with the history. */
export const groups = ["sweeps", "lists"] as const;

export interface Look {
  /** "metrics" is told, and is neither a sweep nor a list. */
  readonly group: (typeof groups)[number] | "metrics";
  readonly name: string;
  /** `i` makes each question another one. */
  ask(i: number): Promise<unknown>;
}

export function looks(db: Database, orders: number): readonly Look[] {
  const { due } = sqlLedger(db);
  const limit = 50;
  // Spread over the whole history.
  const some = (i: number) => 1 + ((i * 7919) % orders);
  const reference = (i: number) => `G${String(some(i)).padStart(13, "0")}`;
  const tracking = (i: number) => `pn${String(some(i)).padStart(12, "0")}`;
  const name = (i: number) => String(some(i) % namesAmong(orders)).padStart(6, "0");
  const middle = `${new Date(Date.now() - (orders / 2) * 60_000).toISOString()}/G`;
  const week = { days: 7, timeZone: "Europe/Helsinki" };
  return [
    { group: "sweeps", name: "take what is due", ask: () => due.take(limit, 12_000) },
    { group: "sweeps", name: "when is something due", ask: () => due.nextInMs() },
    { group: "lists", name: "newest orders", ask: () => listOrders(db, { limit }) },
    {
      group: "lists",
      name: "orders in the middle of the history",
      ask: () => listOrders(db, { limit, before: middle }),
    },
    {
      group: "lists",
      name: "orders that need a person",
      ask: () => listOrders(db, { limit, state: "attention" }),
    },
    {
      group: "lists",
      name: "find by tracking number",
      ask: (i) => listOrders(db, { limit, find: tracking(i) }),
    },
    {
      group: "lists",
      name: "find by the end of a tracking number",
      ask: (i) => listOrders(db, { limit, find: tracking(i).slice(-8) }),
    },
    {
      group: "lists",
      name: "find by name",
      ask: (i) => listOrders(db, { limit, find: `buyer${name(i)}` }),
    },
    { group: "lists", name: "one order", ask: (i) => showOrder(db, reference(i)) },
    { group: "lists", name: "what needs a person", ask: () => listInbox(db) },
    { group: "lists", name: "newest events", ask: () => listEvents(db, { limit }) },
    {
      group: "lists",
      name: "today in short",
      ask: () => dayInShort(db, new Date(Date.now() - 24 * 3_600_000), null),
    },
    { group: "lists", name: "report of a week", ask: () => reportOrders(db, week) },
    { group: "metrics", name: "vital signs for /metrics", ask: () => vitalSigns(db) },
  ];
}
