// The invoices of a month against what was paid, to the cent. Reads only.
import type { Database } from "./database/database.ts";
import { ofStores, type Stores } from "./store-of.ts";

interface VatGroup {
  readonly ratePercent: string;
  readonly net: { readonly minor: string };
  readonly vat: { readonly minor: string };
  readonly gross: { readonly minor: string };
}

export interface InvoiceGlance {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly invoiceNumber: string;
  readonly madeAt: string;
  readonly currency: string;
  /** In minor units, as decimal strings. */
  readonly paid: string;
  /** What the invoice was made of: the sum of its VAT groups; null when no decision was kept. */
  readonly invoiced: string | null;
  readonly refunded: string;
  readonly scheme: string | null;
  readonly territory: string | null;
  readonly explanation: string | null;
  readonly groups: readonly VatGroup[];
}

export interface MonthQuery {
  /** The first moment of the month, and of the next. */
  readonly from: Date;
  readonly until: Date;
  readonly stores?: Stores | undefined;
}

export interface InvoiceMonth {
  readonly invoices: readonly InvoiceGlance[];
  /** Orders that were paid in the month and have no invoice. */
  readonly notYet: number;
}

interface InvoiceRow extends Omit<InvoiceGlance, "madeAt" | "invoiced" | "groups" | "refunded"> {
  made_at: Date;
  refunded: string | null;
  groups: VatGroup[] | null;
}

/** The oldest first, as they stand in the books. */
export async function listInvoices(
  db: Database,
  { from, until, stores = null }: MonthQuery,
): Promise<InvoiceMonth> {
  const { rows } = await db.query<InvoiceRow>(
    `select r.reference, o.facts->>'shopOrder' as "shopOrder", s.output->>'invoiceNumber' as "invoiceNumber",
       s.changed_at as made_at, o.facts#>>'{total,currency}' as currency,
       o.facts#>>'{total,minor}' as paid, f.refunded_minor::text as refunded,
       v.vat->>'scheme' as scheme, v.vat->>'territory' as territory,
       v.vat->>'explanation' as explanation, v.vat->'groups' as groups
     from step s join run r on r.id = s.run join orders o on o.reference = r.reference
     left join lateral (select c.output->'vat' as vat from step c where c.run = s.run and c.name = 'check') v on true
     left join refund f on f.source = o.source and f.payment_intent = o.payment_intent
     where s.name = 'invoice' and s.state = 'done' and s.changed_at >= $1 and s.changed_at < $2
       and ${ofStores("o.store", "$3", stores)}
     order by s.changed_at, r.reference`,
    [from, until, stores],
  );
  const waiting = await db.query<{ n: string }>(
    `select count(*) as n from orders o join run r on r.reference = o.reference
       join step s on s.run = r.id and s.name = 'invoice'
     where o.created_at >= $1 and o.created_at < $2 and s.state not in ('done', 'skipped')
       and ${ofStores("o.store", "$3", stores)}`,
    [from, until, stores],
  );
  return { invoices: rows.map(asInvoice), notYet: Number(waiting.rows[0]?.n ?? 0) };
}

function asInvoice({ made_at, groups, refunded, ...row }: InvoiceRow): InvoiceGlance {
  const sum = groups?.reduce((all, { gross }) => all + BigInt(gross.minor), 0n);
  return {
    ...row,
    madeAt: made_at.toISOString(),
    refunded: refunded ?? "0",
    invoiced: sum === undefined ? null : String(sum),
    groups: groups ?? [],
  };
}
