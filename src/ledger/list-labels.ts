// Labels that nobody has printed, and those that somebody has. Reads, and the mark "printed".
import type { Database } from "./database/database.ts";
import type { Stores } from "./store-of.ts";

export interface LabelGlance {
  readonly reference: string;
  readonly step: string;
  readonly shopOrder: string | null;
  readonly customer: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly service: string | null;
  readonly trackingNumber: string | null;
  readonly madeAt: string;
  /** The last time; null while it is not printed. */
  readonly printedAt: string | null;
  readonly printedBy: string | null;
  readonly lines: readonly { readonly description: string; readonly quantity: number }[];
}

interface LabelRow extends Omit<LabelGlance, "madeAt" | "printedAt"> {
  made_at: Date;
  printed_at: Date | null;
}

const mineOf = (run: string, place = "$2") =>
  `(${place}::text[] is null or exists (select 1 from run mine join orders own using (reference)
    where mine.id = ${run} and own.store = any (${place}::text[])))`;

/** `l` has run, name, made_at, printed_at, printed_by. */
const columns = `r.reference, l.name as step, o.facts->>'shopOrder' as "shopOrder",
  coalesce(o.facts#>>'{shipTo,name}', o.facts#>>'{buyer,name}') as customer,
  o.facts#>>'{shipTo,address,city}' as city, o.facts#>>'{shipTo,address,country}' as country,
  b.output->>'service' as service, b.output->>'trackingNumber' as "trackingNumber",
  l.made_at, l.printed_at, l.printed_by as "printedBy",
  (select jsonb_agg(jsonb_build_object('description', line->>'description',
     'quantity', (line->>'quantity')::int)) from jsonb_array_elements(o.facts->'lines') as line) as lines`;
const joins = `join run r on r.id = l.run join orders o on o.reference = r.reference
  left join lateral (select s.output from step s where s.run = l.run
    and s.output ? 'trackingNumber' order by s.position limit 1) b on true`;

export async function listUnprinted(
  db: Database,
  limit: number,
  stores: Stores = null,
): Promise<readonly LabelGlance[]> {
  const { rows } = await db.query<LabelRow>(
    `select ${columns} from (select run, name, made_at, null::timestamptz as printed_at,
         null::text as printed_by from unprinted_label u where ${mineOf("u.run")} order by made_at limit $1) l ${joins}
     order by l.made_at`,
    [limit, stores],
  );
  return rows.map(asLabel);
}

/** The newest first. */
export async function listPrinted(
  db: Database,
  limit: number,
  stores: Stores = null,
): Promise<readonly LabelGlance[]> {
  const { rows } = await db.query<LabelRow>(
    `select ${columns} from (select p.run, p.name, s.changed_at as made_at,
         p.printed_at, p.printed_by from label_print p
         join step s on s.run = p.run and s.name = p.name
         where not exists (select 1 from label_print q where q.run = p.run and q.name = p.name and q.id > p.id)
           and ${mineOf("p.run")}
         order by p.printed_at desc, s.changed_at desc limit $1) l ${joins}
     order by l.printed_at desc, l.made_at desc`,
    [limit, stores],
  );
  return rows.map(asLabel);
}

export async function countUnprinted(db: Database, stores: Stores = null): Promise<number> {
  const { rows } = await db.query<{ n: string | number }>(
    `select count(*) as n from unprinted_label u where ${mineOf("u.run", "$1")}`,
    [stores],
  );
  return Number(rows[0]?.n ?? 0);
}

/** Somebody printed them, for the first time or again. */
export async function markPrinted(
  db: Database,
  labels: readonly { readonly reference: string; readonly step: string }[],
  by: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const params = [labels.map((l) => l.reference), labels.map((l) => l.step)];
    const these = `select s.run, s.name from step s join run r on r.id = s.run
      join unnest($1::text[], $2::text[]) as l (reference, name)
        on l.reference = r.reference and l.name = s.name where s.state = 'done'`;
    await tx.query(
      `insert into label_print (run, name, printed_by) select t.run, t.name, $3 from (${these}) t`,
      [...params, by],
    );
    await tx.query(
      `delete from unprinted_label u using (${these}) t where u.run = t.run and u.name = t.name`,
      params,
    );
  });
}

function asLabel({ made_at, printed_at, ...row }: LabelRow): LabelGlance {
  return {
    ...row,
    lines: row.lines ?? [],
    madeAt: made_at.toISOString(),
    printedAt: printed_at?.toISOString() ?? null,
  };
}
