// What the door for delivery webhooks asks of the ledger, and nobody else does.
import type { DeliveryReport } from "../connector-kit/roles.ts";
import { orderSchema } from "../order/order.ts";
import { withoutCustomer } from "../pipeline/without-customer.ts";
import { insertAlert } from "./alerts.ts";
import { tellChanged } from "./changed.ts";
import type { Database, Queryable } from "./database/database.ts";
import { deliveryAlert } from "./delivery-alert.ts";
import { storable } from "./storable.ts";

export interface DeliveryLedger {
  /** "unknown": this ledger sent no such e-mail through this account for this store. */
  recordDelivery(
    mail: { readonly store: string; readonly account: string },
    report: DeliveryReport,
  ): Promise<"recorded" | "known" | "unknown">;
}

export function sqlDeliveryLedger(db: Database): DeliveryLedger {
  return {
    /** One transaction: the report, who is told of it, and the page. */
    recordDelivery: ({ store, account }, report) =>
      db.transaction(async (tx) => {
        const sent = await lockSent(tx, store, account, report);
        if (!sent) return "unknown";
        const { run, name, provider, facts } = sent;
        const order = orderSchema.parse(facts);
        const why = report.why && withoutCustomer(report.why, order);
        if (!(await insertReport(tx, account, { ...report, why }, run, name))) return "known";
        const { reference, fate } = report;
        const { shopOrder } = order;
        const alert = deliveryAlert({ reference, shopOrder, step: name, provider, fate, why });
        // Bounced and reported as spam is one e-mail to look after.
        if (alert) await insertAlert(tx, `delivery:${run}:${name}`, store, reference, alert);
        await tellChanged(tx, reference);
        return "recorded";
      }),
  };
}

interface SentMail {
  run: string;
  name: string;
  provider: string;
  facts: unknown;
}

/**
 * The step that sent it. Letters of one order take turns. The news may be here before the answer to our own request, so
 * the step need not be done; when it is, it must have sent this very e-mail.
 */
async function lockSent(
  tx: Queryable,
  store: string,
  account: string,
  { reference, key, messageId }: DeliveryReport,
): Promise<SentMail | undefined> {
  const { rows } = await tx.query<SentMail>(
    `select s.run, s.name, s.provider, coalesce(o.amended, o.facts) as facts
     from orders o join run r on r.reference = o.reference join step s on s.run = r.id
       left join effect e on e.run = s.run and e.name = s.name
     where o.reference = $1 and o.store = $2 and s.account = $3 and o.reference || '-' || s.name = $4
       and coalesce(e.external_id, $5) = $5
     order by r.opened_at limit 1 for update of o`,
    [reference, store, account, key, messageId],
  );
  return rows[0];
}

/** False when it was told before: under this token, or under another one. */
async function insertReport(
  tx: Queryable,
  account: string,
  { token, eventId, fate, why, at }: DeliveryReport,
  run: string,
  name: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into delivery_report (account, token, run, name, event_id, fate, why, happened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [account, token, run, name, eventId, fate, why ? storable(why).slice(0, 1000) : null, at],
  );
  return rowCount === 1;
}
