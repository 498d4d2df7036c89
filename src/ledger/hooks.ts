// Hooks: where other programs are told of facts. The messages themselves are written by the ledger's triggers, in the
// transaction of the fact.
import { closeAlerts } from "./alerts.ts";
import type { Queryable } from "./database/database.ts";

export const hookEvents = [
  "order.done",
  "order.attention",
  "shipment.created",
  "invoice.created",
] as const;

export interface Hook {
  readonly id: number;
  readonly url: string;
  readonly events: readonly string[];
  readonly stores: readonly string[] | null;
  readonly madeAt: string;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly disabledBecause: string | null;
}

interface HookRow {
  id: number;
  url: string;
  events: string[];
  stores: string[] | null;
  made_at: Date;
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_because: string | null;
}

const hookColumns =
  "id, url, events, stores, made_at, failing_since, disabled_at, disabled_because";

const asHook = (row: HookRow): Hook => ({
  id: Number(row.id),
  url: row.url,
  events: row.events,
  stores: row.stores,
  madeAt: row.made_at.toISOString(),
  failingSince: row.failing_since?.toISOString() ?? null,
  disabledAt: row.disabled_at?.toISOString() ?? null,
  disabledBecause: row.disabled_because,
});

export async function listHooks(db: Queryable): Promise<Hook[]> {
  const { rows } = await db.query<HookRow>(`select ${hookColumns} from hook order by id`, []);
  return rows.map(asHook);
}

export async function addHook(
  tx: Queryable,
  hook: Pick<Hook, "url" | "events" | "stores"> & { readonly secret: string },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    "insert into hook (url, events, stores, secret) values ($1, $2, $3, $4) returning id",
    [hook.url, hook.events, hook.stores, hook.secret],
  );
  return Number(rows[0]?.id);
}

export async function dropHook(tx: Queryable, id: number): Promise<boolean> {
  return (await tx.query("delete from hook where id = $1", [id])).rowCount === 1;
}

/** Both secrets sign for a day. */
export async function rotateSecret(tx: Queryable, id: number, secret: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update hook set old_secret = secret, old_secret_until = now() + interval '1 day', secret = $2
     where id = $1`,
    [id, secret],
  );
  return rowCount === 1;
}

/** It is tried again, with everything that waits for it. */
export async function enableHook(tx: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update hook set disabled_at = null, disabled_because = null, failing_since = null where id = $1",
    [id],
  );
  await tx.query(
    `update hook_message set due_at = now(), given_up_at = null, tries = 0
     where hook = $1 and arrived_at is null`,
    [id],
  );
  const { rows } = await tx.query<{ dedupe: string }>(
    "select dedupe from alert where dedupe like 'hook:' || $1::text || ':%' and not closes",
    [id],
  );
  const told = rows.map(({ dedupe }) => dedupe);
  await closeAlerts(tx, told, { title: "The hook is told again", lines: [] });
  return rowCount === 1;
}
