// What became of the orders of the last weeks, as a rehearsal compares it. Reads only.
import { z } from "zod";
import { type Order, orderSchema } from "../order/order.ts";
import type { Queryable } from "./database/database.ts";

export interface PastStep {
  readonly name: string;
  readonly provider: string;
  readonly state: string;
  readonly cause: string | null;
  readonly message: string | null;
  readonly output: unknown;
  readonly inputDigest: string | null;
  /** The words of the e-mail that it sent, if they are kept. */
  readonly said: unknown;
}

export interface PastOrder {
  readonly order: Order;
  /** A person corrected it on the way, so what was sent before was sent with other facts. */
  readonly isAmended: boolean;
  readonly steps: readonly PastStep[];
}

export interface PastOrders {
  /** The oldest first. */
  readonly orders: readonly PastOrder[];
  /** Orders of that time in all, but those whose customer is forgotten. */
  readonly count: number;
}

interface Row {
  facts: unknown;
  is_amended: boolean;
  steps: PastStep[] | null;
}

/** The newest `limit` orders that came in since then. */
export async function pastOrders(tx: Queryable, since: Date, limit: number): Promise<PastOrders> {
  const { rows } = await tx.query<Row>(
    `select coalesce(o.amended, o.facts) as facts, o.amended is not null as is_amended, s.steps
     from orders o left join lateral (
       select jsonb_agg(jsonb_build_object('name', s.name, 'provider', s.provider, 'state', s.state,
         'cause', s.cause, 'message', s.message, 'output', s.output, 'inputDigest', s.input_digest,
         'said', d.letter) order by s.position) as steps
       from run r join step s on s.run = r.id left join said d on d.run = s.run and d.name = s.name
       where r.reference = o.reference and r.trigger = 'paid') s on true
     where o.created_at >= $1 and o.forgotten_at is null
     order by o.created_at desc, o.reference limit $2`,
    [since, limit],
  );
  const all = await tx.query(
    "select count(*)::integer as count from orders where created_at >= $1 and forgotten_at is null",
    [since],
  );
  const { count } = z.object({ count: z.int() }).parse(all.rows[0]);
  const orders = rows.map(({ facts, is_amended, steps }) => ({
    order: orderSchema.parse(facts),
    isAmended: is_amended,
    steps: steps ?? [],
  }));
  return { orders: orders.reverse(), count };
}
