import type { Refund } from "../connector-kit/roles.ts";
import { toJson } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { canBeLeftOut } from "../pipeline/leave-out.ts";
import type { Database, Queryable } from "./database/database.ts";
import { leftOut } from "./leave-out.ts";
import type { NewRun, OpenedOrder, OrderRecord, Wake } from "./ledger.ts";
import { asOrderRecord, type OrderRow } from "./load-order.ts";
import { heedRefund, keepRefund, knownRefund, lockPayment } from "./record-refund.ts";
import { lastRestored, mayBeForgotten } from "./restored.ts";
import { orderSubject, readSubject } from "./subject.ts";

export interface Opening {
  readonly event: { readonly source: string; readonly id: string };
  readonly order: Order;
  readonly run: NewRun;
}

interface Opened {
  readonly said: "opened" | "joined" | "needs care";
  /** Of one that was opened. */
  readonly order?: OrderRecord | undefined;
  readonly wake?: Wake | undefined;
}

/**
 * Whoever takes a wake-up, or opens an order and goes on with it, does what is due, or somebody else does after so long;
 * while it is worked on it is kept hidden. With the time to look, what a worker or a queue loses is found within 15 s.
 */
export const hiddenMs = 12_000;

/** Many at once (open_orders in the migrations): the order, its run and its steps; or only the join. */
export async function openPlain(db: Queryable, openings: readonly Opening[]): Promise<Opened[]> {
  return open(db, openings, undefined, false);
}

/** `plainly` opens what was never refunded, in a ledger that was never restored; the rest is one transaction of its own. */
export async function openOrder(
  db: Database,
  opening: Opening,
  refund: Refund | undefined,
  plainly: (opening: Opening) => Promise<Opened>,
): Promise<OpenedOrder> {
  const plain = refund ? undefined : await plainly(opening);
  if (plain && plain.said !== "needs care") return asOpenedOrder(plain);
  const careful = await db.transaction((tx) => openWithCare(tx, opening, refund));
  // What it heeded changed the order once more.
  return asOpenedOrder({ ...careful, order: undefined });
}

const asOpenedOrder = ({ said, order, wake }: Partial<Opened>): OpenedOrder => ({
  isNew: said === "opened",
  order,
  wake,
});

async function openWithCare(tx: Queryable, opening: Opening, refund: Refund | undefined) {
  const { event, order } = opening;
  const { paymentIntent } = order.payment;
  if (paymentIntent) await lockPayment(tx, event.source, paymentIntent);
  const [opened] = await open(tx, [opening], await forgottenUntil(tx, event, order), true);
  if (refund) await keepRefund(tx, event.source, refund);
  const known = paymentIntent && (await knownRefund(tx, event.source, paymentIntent));
  if (known) await heedRefund(tx, event.source, known);
  return opened;
}

interface OpenedRow {
  at: number;
  said: Opened["said"];
  whole: OrderRow | null;
  wakes: string | number | null;
}

async function open(
  tx: Queryable,
  openings: readonly Opening[],
  lostUntil: Date | undefined,
  withCare: boolean,
): Promise<Opened[]> {
  const asked = openings.map(({ event, order, run }, at) => {
    const { paymentIntent, object } = order.payment;
    const steps = run.steps.map((step, position) => ({ ...step, position }));
    const optional = canBeLeftOut(run.steps);
    return {
      at,
      lock: paymentIntent ?? object,
      ...event,
      order,
      trigger: run.trigger,
      steps,
      optional,
    };
  });
  const { rows } = await tx.query<OpenedRow>(
    "select at, said, whole, wakes from open_orders($1::jsonb, $2, $3, $4, $5, $6)",
    [toJson(asked), leftOut.cause, leftOut.message, lostUntil ?? null, withCare, hiddenMs],
  );
  const opened = new Map(rows.map((row) => [row.at, row]));
  return openings.map(({ order }, at) => {
    const { said = "needs care", whole, wakes } = opened.get(at) ?? {};
    if (!whole) return { said };
    const wake = { subject: orderSubject(order.reference), wakes: Number(wakes) };
    return { said, order: asOrderRecord(whole), wake };
  });
}

export function openingOf(subject: string, order: Order, run: NewRun): Opening {
  const event = readSubject(subject);
  if (event?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  const { source, id } = event;
  return { event: { source, id }, order, run };
}

/** When the ledger was restored, if this payment is so old that a ledger which was lost may have worked on it. */
async function forgottenUntil(tx: Queryable, event: Opening["event"], order: Order) {
  const restored = await lastRestored(tx);
  if (!restored) return undefined;
  const { rows } = await tx.query<{ created_at: Date }>(
    "select created_at from event where source = $1 and id = $2",
    [event.source, event.id],
  );
  const began = [new Date(order.paidAt), ...rows.map((row) => row.created_at)];
  return began.some((at) => mayBeForgotten(restored, at)) ? restored.at : undefined;
}
