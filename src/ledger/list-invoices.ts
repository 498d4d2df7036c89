// The invoices and credit notes of a month against what was paid and given back, to the cent. Reads only.
import type { Database, Value } from "./database/database.ts";
import { ofStores, type Stores } from "./store-of.ts";

interface VatGroup {
  readonly ratePercent: string;
  readonly net: { readonly minor: string };
  readonly vat: { readonly minor: string };
  readonly gross: { readonly minor: string };
}

export interface InvoiceGlance {
  readonly reference: string;
  readonly store: string;
  readonly shopOrder: string | null;
  readonly invoiceNumber: string;
  /** YYYY-MM-DD, as it stands in the books; of one whose date they did not tell, when it was made. */
  readonly issuedOn: string;
  readonly currency: string;
  /** In minor units, as decimal strings. */
  readonly paid: string;
  /** What the books answered; null when they did not tell. */
  readonly invoiced: string | null;
  readonly invoicedCurrency: string | null;
  /** What was to be invoiced: the sum of the VAT decision's groups. */
  readonly decided: string | null;
  readonly refunded: string;
  /** What the credit notes of the order give back, whenever they were made. */
  readonly credited: string;
  readonly scheme: string | null;
  readonly territory: string | null;
  readonly explanation: string | null;
  readonly groups: readonly VatGroup[];
}

export interface CreditNoteGlance {
  readonly reference: string;
  readonly store: string;
  readonly shopOrder: string | null;
  readonly creditNoteNumber: string;
  /** The invoice that it takes back. */
  readonly invoiceNumber: string | null;
  readonly issuedOn: string;
  readonly currency: string;
  /** Above zero; null when the books did not tell. */
  readonly credited: string | null;
  readonly refunded: string;
}

export interface MonthQuery {
  /** The first day of the month, and of the next: YYYY-MM-DD. */
  readonly from: string;
  readonly until: string;
  /** IANA name: whose days they are, where the books told no date. */
  readonly timeZone: string;
  readonly stores?: Stores | undefined;
}

export interface InvoiceMonth {
  readonly invoices: readonly InvoiceGlance[];
  readonly creditNotes: readonly CreditNoteGlance[];
  /** Orders that were paid in the month and have no invoice, and the oldest few of them. */
  readonly notYet: number;
  readonly waiting: readonly { readonly reference: string; readonly shopOrder: string | null }[];
}

/** A document is made on its own day or later, but for the difference of time zones. */
const inMonth = `s.state = 'done' and s.changed_at >= $1::date - interval '1 day'
  and coalesce((s.output->>'issuedOn')::date, (s.changed_at at time zone $3)::date) >= $1::date
  and coalesce((s.output->>'issuedOn')::date, (s.changed_at at time zone $3)::date) < $2::date`;
const issuedOn = `coalesce(s.output->>'issuedOn', to_char(s.changed_at at time zone $3, 'YYYY-MM-DD'))`;
const refundOf = `left join refund f on f.source = o.source and f.payment_intent = o.payment_intent`;
/** Whatever a shop calls the step: its output is a credit note's. */
const credited = `(select sum((c.output#>>'{gross,minor}')::numeric)::text from run cr join step c on c.run = cr.id
  where cr.reference = r.reference and c.state = 'done' and c.output ? 'creditNoteNumber')`;

/** The oldest first, as they stand in the books. */
export async function listInvoices(db: Database, query: MonthQuery): Promise<InvoiceMonth> {
  const { from, until, timeZone, stores = null } = query;
  const params = [from, until, timeZone, stores];
  const own = ofStores("o.store", "$4", stores);
  const { rows } = await db.query<InvoiceGlance & { groups: VatGroup[] | null }>(
    `select r.reference, o.store, o.facts->>'shopOrder' as "shopOrder",
       s.output->>'invoiceNumber' as "invoiceNumber", ${issuedOn} as "issuedOn",
       o.facts#>>'{total,currency}' as currency, o.facts#>>'{total,minor}' as paid,
       s.output#>>'{gross,minor}' as invoiced, s.output#>>'{gross,currency}' as "invoicedCurrency",
       (select sum((g#>>'{gross,minor}')::numeric)::text
          from jsonb_array_elements(v.vat->'groups') g) as decided,
       coalesce(f.refunded_minor::text, '0') as refunded,
       coalesce(${credited}, '0') as credited,
       v.vat->>'scheme' as scheme, v.vat->>'territory' as territory,
       v.vat->>'explanation' as explanation, v.vat->'groups' as groups
     from step s join run r on r.id = s.run join orders o on o.reference = r.reference
     left join lateral (select c.output->'vat' as vat from step c
       where c.run = s.run and c.name = 'check') v on true
     ${refundOf}
     where s.name = 'invoice' and ${inMonth} and ${own}
     order by "issuedOn", length(s.output->>'invoiceNumber'), "invoiceNumber", r.reference`,
    params,
  );
  return {
    invoices: rows.map((row) => ({ ...row, groups: row.groups ?? [] })),
    creditNotes: await listCreditNotes(db, params, own),
    ...(await withoutInvoice(db, params, own)),
  };
}

async function listCreditNotes(db: Database, params: readonly Value[], own: string) {
  const { rows } = await db.query<CreditNoteGlance>(
    `select r.reference, o.store, o.facts->>'shopOrder' as "shopOrder",
       s.output->>'creditNoteNumber' as "creditNoteNumber", ${issuedOn} as "issuedOn",
       (select i.output->>'invoiceNumber' from run ir join step i on i.run = ir.id
          where ir.reference = r.reference and i.name = 'invoice' and i.state = 'done' limit 1) as "invoiceNumber",
       o.facts#>>'{total,currency}' as currency, s.output#>>'{gross,minor}' as credited,
       coalesce(f.refunded_minor::text, '0') as refunded
     from step s join run r on r.id = s.run join orders o on o.reference = r.reference ${refundOf}
     where s.output ? 'creditNoteNumber' and ${inMonth} and ${own}
     order by "issuedOn", s.changed_at, r.reference`,
    params,
  );
  return rows;
}

/** Stopped orders get none. */
async function withoutInvoice(db: Database, params: readonly Value[], own: string) {
  const { rows } = await db.query<{ reference: string; shopOrder: string | null; n: string }>(
    `select o.reference, o.facts->>'shopOrder' as "shopOrder", count(*) over () as n from orders o
       join run r on r.reference = o.reference join step s on s.run = r.id and s.name = 'invoice'
     where o.created_at >= ($1::date)::timestamp at time zone $3
       and o.created_at < ($2::date)::timestamp at time zone $3
       and s.state not in ('done', 'skipped') and o.stopped_at is null and ${own}
     order by o.created_at limit 50`,
    params,
  );
  const waiting = rows.map(({ reference, shopOrder }) => ({ reference, shopOrder }));
  return { notYet: Number(rows[0]?.n ?? 0), waiting };
}
