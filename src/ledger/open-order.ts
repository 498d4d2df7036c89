import type { Refund } from "../connector-kit/roles.ts";
import { toJson } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { tellChanged } from "./changed.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import type { NewRun } from "./ledger.ts";
import { heedRefund, keepRefund, knownRefund, lockPayment } from "./record-refund.ts";
import { orderSubject, readSubject } from "./subject.ts";

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
      await insertRun(tx, order.reference, run);
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

async function insertRun(tx: Queryable, reference: string, run: NewRun): Promise<void> {
  const id = `${reference}-${run.trigger}`;
  await tx.query("insert into run (id, reference, trigger) values ($1, $2, $3)", [
    id,
    reference,
    run.trigger,
  ]);
  await tx.query(
    `insert into step (run, name, position, needs, action, provider, account, settle_ms, state)
     select $1, s.name, s.position, array(select jsonb_array_elements_text(s.needs)), s.action, s.provider,
       s.account, s."settleMs", case when jsonb_array_length(s.needs) = 0 then 'ready' else 'blocked' end
     from jsonb_to_recordset($2::jsonb) as s(name text, position integer, needs jsonb, action text,
       provider text, account text, "settleMs" integer)`,
    [id, JSON.stringify(run.steps.map((step, position) => ({ ...step, position })))],
  );
}
