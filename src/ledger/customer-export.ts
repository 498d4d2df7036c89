// Everything that the ledger knows of one customer: GDPR Art. 15 and 20.
import type { Database } from "./database/database.ts";

export interface CustomerExport {
  readonly email: string;
  readonly exportedAt: string;
  readonly orders: readonly object[];
}

/** The condition on `orders o` for it; found by the words of the order, which hold both addresses. */
export const boughtBy = (email: string) =>
  `o.reference in (select w.reference from order_word w where w.word = left(lower(${email}), 200))
   and (lower(o.facts #>> '{buyer,email}') = lower(${email}) or lower(o.facts #>> '{shipTo,email}') = lower(${email}))`;

/** By the e-mail address of buyer or recipient, whatever its case. */
export async function exportCustomer(db: Database, email: string): Promise<CustomerExport> {
  const { rows } = await db.query<{ whole: object }>(
    `select jsonb_build_object(
       'reference', o.reference, 'store', o.store, 'state', o.state, 'createdAt', o.created_at, 'order', o.facts,
       'steps', (select coalesce(jsonb_agg(jsonb_build_object('step', s.name, 'state', s.state,
           'provider', s.provider, 'record', e.external_id, 'recordedAt', e.recorded_at, 'output', s.output,
           'said', (select d.letter from said d where d.run = s.run and d.name = s.name))
           order by r.opened_at, s.position), '[]')
         from run r join step s on s.run = r.id left join effect e on e.run = s.run and e.name = s.name
         where r.reference = o.reference),
       'letters', (select coalesce(jsonb_agg(jsonb_build_object('event', v.id, 'type', v.type,
           'receivedAt', v.received_at, 'letter', case when v.emptied_at is null then encode(v.body, 'escape') end)
           order by v.received_at, v.id), '[]')
         from event v where v.reference = o.reference),
       'deliveries', (select coalesce(jsonb_agg(jsonb_build_object('step', d.name, 'fate', d.fate, 'at', d.happened_at)
           order by d.happened_at), '[]')
         from delivery_report d join run r on r.id = d.run where r.reference = o.reference),
       'alerts', (select coalesce(jsonb_agg(jsonb_build_object('title', a.title, 'lines', a.lines, 'at', a.raised_at)
           order by a.id), '[]')
         from alert a where a.reference = o.reference)) as whole
     from orders o
     where ${boughtBy("$1")}
     order by o.created_at, o.reference`,
    [email],
  );
  return { email, exportedAt: new Date().toISOString(), orders: rows.map(({ whole }) => whole) };
}
