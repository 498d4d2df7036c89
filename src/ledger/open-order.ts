import type { Refund } from "../connector-kit/roles.ts";
import { toJson } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { canBeLeftOut } from "../pipeline/leave-out.ts";
import { tellChanged } from "./changed.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import { settleOrderState } from "./finish-step.ts";
import { leftOut } from "./leave-out.ts";
import type { NewRun } from "./ledger.ts";
import { heedRefund, keepRefund, knownRefund, lockPayment } from "./record-refund.ts";
import { lastRestored, mayBeForgotten } from "./restored.ts";
import { orderSubject, readSubject } from "./subject.ts";

interface EventKey {
  readonly source: string;
  readonly id: string;
}

/** One transaction: the order, its run and its steps; or, when its payment has one already, only the join. */
export async function openOrder(
  db: Database,
  subject: string,
  order: Order,
  run: NewRun,
  refund?: Refund | undefined,
): Promise<{ isNew: boolean }> {
  const event = readSubject(subject);
  if (event?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  const { paymentIntent } = order.payment;
  return db.transaction(async (tx) => {
    if (paymentIntent) await lockPayment(tx, event.source, paymentIntent);
    const { rowCount } = await tx.query(
      `insert into orders (reference, store, source, payment_object, payment_intent, event_id, livemode, facts)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) on conflict do nothing`,
      [
        order.reference,
        order.store,
        event.source,
        order.payment.object,
        order.payment.paymentIntent ?? null,
        event.id,
        order.payment.livemode,
        toJson(order),
      ],
    );
    const isNew = rowCount === 1;
    if (isNew) {
      await insertRun(tx, order, run, {
        leaveOut: await toLeaveOut(tx, event, order, run),
        restoredAt: await forgottenUntil(tx, event, order),
      });
      // Nothing may be left to do.
      await settleOrderState(tx, order.reference);
      await wakeIn(tx, orderSubject(order.reference), 0);
      await tellChanged(tx, order.reference);
    }
    // The order of this payment, whichever of its events opened it.
    await tx.query(
      `update event e set disposition = $3, reference = o.reference, settled_at = now()
       from orders o where e.source = $1 and e.id = $2 and e.disposition = 'received'
         and o.source = $1 and (o.payment_object = $4 or o.payment_intent = $5)`,
      [
        event.source,
        event.id,
        isNew ? "opened" : "joined",
        order.payment.object,
        order.payment.paymentIntent ?? null,
      ],
    );
    if (refund) await keepRefund(tx, event.source, refund);
    const known = paymentIntent && (await knownRefund(tx, event.source, paymentIntent));
    if (known) await heedRefund(tx, event.source, known);
    return { isNew };
  });
}

/** What any event of this payment was told to leave out: another one may open the order first. */
async function toLeaveOut(tx: Queryable, event: EventKey, { payment }: Order, run: NewRun) {
  const { rows } = await tx.query<{ name: string }>(
    `select distinct unnest(leave_out) as name from event
     where source = $1 and (id = $2 or object_id in ($3, $4))`,
    [event.source, event.id, payment.object, payment.paymentIntent ?? null],
  );
  const optional = canBeLeftOut(run.steps);
  return rows.map(({ name }) => name).filter((name) => optional.includes(name));
}

/** When the ledger was restored, if this payment is so old that a ledger which was lost may have worked on it. */
async function forgottenUntil(tx: Queryable, event: EventKey, order: Order) {
  const restored = await lastRestored(tx);
  if (!restored) return undefined;
  const { rows } = await tx.query<{ created_at: Date }>(
    "select created_at from event where source = $1 and id = $2",
    [event.source, event.id],
  );
  const began = [new Date(order.paidAt), ...rows.map((row) => row.created_at)];
  return began.some((at) => mayBeForgotten(restored, at)) ? restored.at : undefined;
}

interface Beginning {
  readonly leaveOut: readonly string[];
  readonly restoredAt: Date | undefined;
}

async function insertRun(
  tx: Queryable,
  { reference }: Order,
  run: NewRun,
  { leaveOut, restoredAt }: Beginning,
): Promise<void> {
  const id = `${reference}-${run.trigger}`;
  await tx.query("insert into run (id, reference, trigger) values ($1, $2, $3)", [
    id,
    reference,
    run.trigger,
  ]);
  await tx.query(
    `insert into step (run, name, position, needs, action, provider, account, settle_ms, state, cause, message,
       looks_first, not_before)
     select $1, s.name, s.position, array(select jsonb_array_elements_text(s.needs)), s.action, s.provider,
       s.account, s."settleMs",
       case when s.name = any ($3) then 'skipped' when jsonb_array_length(s.needs) = 0 then 'ready' else 'blocked' end,
       case when s.name = any ($3) then $4 end, case when s.name = any ($3) then $5 end,
       $6::timestamptz is not null and s.name <> all ($3),
       greatest(now(), $6::timestamptz + s."settleMs" * interval '1 ms')
     from jsonb_to_recordset($2::jsonb) as s(name text, position integer, needs jsonb, action text,
       provider text, account text, "settleMs" integer)`,
    [
      id,
      JSON.stringify(run.steps.map((step, position) => ({ ...step, position }))),
      leaveOut,
      leftOut.cause,
      leftOut.message,
      restoredAt ?? null,
    ],
  );
}
