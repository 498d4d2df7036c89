// A ledger as a busy shop has it after some years: made by SQL, as the worker would have left it.
import { anOrder } from "../../src/connector-kit/sample-order.ts";
import type { Database, Queryable } from "../../src/ledger/database/database.ts";
import { toJson } from "../../src/order/json.ts";

/** Name, what it needs, what it made: the shipped pipeline. `~` stands for the order's number. */
const steps: readonly (readonly [string, readonly string[], string])[] = [
  ["vat-id", [], '{"consultation":{"result":"none"}}'],
  ["check", ["vat-id"], '{"vat":{"scheme":"domestic","groups":[]}}'],
  ["contact", ["check"], '{"contactId":"4~1"}'],
  ["deal", ["contact"], '{"dealId":"7~2"}'],
  ["production-row", ["check"], '{"rowId":"rec~"}'],
  ["booking", ["check"], '{"bookingId":"B~","trackingNumber":"0037000000~","service":"19"}'],
  ["label", ["booking"], '{"key":"f/~/label.pdf","sha256":"00","size":5}'],
  ["accounting-customer", ["check"], '{"customerId":"9~"}'],
  ["invoice", ["label", "accounting-customer"], '{"invoiceId":"5~","invoiceNumber":"1~"}'],
  ["payment", ["invoice"], '{"paymentId":"6~"}'],
  ["invoice-pdf", ["invoice"], '{"key":"f/~/invoice.pdf","sha256":"00","size":5}'],
  ["confirmation", ["label", "invoice-pdf"], '{"messageId":"m~"}'],
  ["deal-update", ["deal", "invoice"], '{"dealId":"7~2"}'],
  ["production-update", ["production-row", "invoice"], '{"rowId":"rec~"}'],
];

const names = "Aalto Berg Virtanen Korhonen Nieminen Lindqvist Tamm Nowak Novák Müller".split(" ");

/** So many in a thousand wait for a person, for a provider, or are on their way. */
const share = { attention: 10, parked: 10, open: 5, refunded: 20, business: 80 };

/** n-th order: what its number says of how it stands. Of the newest, because old ones are done. */
const standing = `case when n % 1000 < ${share.attention} then 'attention'
  when n % 1000 < ${share.attention + share.parked} then 'parked'
  when n % 1000 < ${share.attention + share.parked + share.open} then 'open' else 'done' end`;

export const referenceOf = (n: number) => `B${String(n).padStart(12, "0")}`;

const patience = { longestStatementMs: 600_000 };

/** In one transaction, and past the guards: what is written here is whole by itself. */
export async function fillLedger(
  database: Database,
  orders: number,
  onProgress: (what: string) => void,
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query("set local session_replication_role = 'replica'", []);
    await fill(tx, orders, onProgress);
  }, patience);
  onProgress("statistics");
  // As autovacuum leaves them: else no index could answer without its table.
  for (const table of ["event", "orders", "run", "step", "attempt", "order_word", "refund"]) {
    await database.query(`vacuum (analyze) ${table}`, []);
  }
}

async function fill(
  db: Queryable,
  orders: number,
  onProgress: (what: string) => void,
): Promise<void> {
  const all = `(select n, 'B' || lpad(n::text, 12, '0') as reference, ${standing} as standing,
    date_trunc('milliseconds', now() - (${orders} - n) * interval '8 minutes') as at
    from generate_series(1, ${orders}) as n) o`;
  onProgress("events");
  await db.query(
    `insert into event (source, id, store, type, created_at, livemode, body, body_sha256, disposition, reference,
       received_at, settled_at)
     select 'stripe', 'evt_' || n, 'pikkuna', 'checkout.session.completed', at, false, '{}', decode(repeat('00', 32), 'hex'), 'opened',
       reference, at, at from ${all}`,
    [],
  );
  onProgress("orders");
  await db.query(
    `insert into orders (reference, store, source, payment_object, payment_intent, event_id, livemode, state, facts,
       created_at, changed_at, done_at)
     select reference, 'pikkuna', 'stripe', 'cs_' || n, 'pi_' || n, 'evt_' || n, false,
       case standing when 'parked' then 'open' else standing end,
       $1::jsonb || jsonb_build_object('reference', reference, 'shopOrder', 'PK-' || n,
         'total', jsonb_build_object('minor', (1000 + n % 90000)::text, 'currency', 'EUR'),
         'buyer', ($1::jsonb->'buyer') || jsonb_build_object('email', 'buyer' || n || '@example.com',
           'name', 'Example ' || ($2::text[])[1 + n % ${names.length}])
           || case when n % 1000 < ${share.business} then '{"company":"Example Oy"}'::jsonb else '{}' end),
       at, at, case when standing = 'done' then at + interval '1 minute' end from ${all}`,
    [toJson(anOrder()), names],
  );
  onProgress("runs and steps");
  await db.query(
    `insert into run (id, reference, trigger, opened_at) select reference || '-paid', reference, 'paid', at from ${all}`,
    [],
  );
  await db.query(
    `insert into step (run, name, position, needs, action, provider, account, state, fence, settle_ms, output, cause,
       message, not_before, changed_at)
     select o.reference || '-paid', s.name, s.position, s.needs, 'office.' || s.name, s.provider, s.provider || ':1',
       p.state, 1, 0,
       case when p.state = 'done' then replace(s.output, '~', lpad(n::text, 10, '0'))::jsonb end,
       case p.state when 'attention' then 'address.postal_code' when 'parked' then 'provider.outage' end,
       case p.state when 'attention' then 'That is no postal code of FI.' when 'parked' then 'PostNord has an outage.' end,
       at, at + interval '1 minute'
     from ${all},
       jsonb_to_recordset($1::jsonb) as s(name text, position integer, needs_json jsonb, provider text, output text),
       lateral (select case when o.standing = 'done' or s.position < 5 then 'done'
         when s.position > 5 then 'blocked' when o.standing = 'open' then 'ready' else o.standing end as state) p`.replace(
      "s.needs,",
      "array(select jsonb_array_elements_text(s.needs_json)),",
    ),
    [
      JSON.stringify(
        steps.map(([name, needs, output], position) => ({
          ...{ name, position, output, needs_json: needs },
          provider: position < 2 ? "ordna" : `office-${position % 6}`,
        })),
      ),
    ],
  );
  onProgress("attempts and effects");
  await db.query(
    `insert into attempt (run, name, fence, owner, is_repeat, begun_at, ended_at, outcome)
     select run, name, 1, 'worker-1', false, changed_at, changed_at,
       case state when 'done' then 'succeeded' else 'rejected' end
     from step where state in ('done', 'attention')`,
    [],
  );
  await db.query(
    `insert into effect (run, name, fence, account, action, external_id, is_shared, via)
     select run, name, 1, account, action, run, false, 'response' from step where state = 'done'`,
    [],
  );
  onProgress("words, labels and refunds");
  await db.query("insert into order_word select reference, order_words(facts) from orders", []);
  await db.query(
    `insert into order_word select r.reference, output_words(s.output)
     from step s join run r on r.id = s.run where s.name in ('deal', 'booking', 'invoice') and s.state = 'done'`,
    [],
  );
  await db.query(
    `insert into unprinted_label select run, name, changed_at from step where name = 'label' and state = 'done'
     order by changed_at desc limit 40`,
    [],
  );
  await db.query(
    `insert into refund (source, payment_intent, paid_minor, refunded_minor, currency)
     select 'stripe', 'pi_' || n, 15963, 15963, 'EUR' from generate_series(1, ${orders}) as n
     where n % 1000 < ${share.refunded}`,
    [],
  );
}
