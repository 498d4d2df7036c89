// The row of one account's gate: locked for one turn at a time.
import { z } from "zod";
import { type Gate, mindedUntil, openGate } from "../../gate/gate.ts";
import { toJson } from "../../order/json.ts";
import type { Queryable } from "../database/database.ts";

const visit = z.object({
  holder: z.string(),
  exclusive: z.string().optional(),
  until: z.number(),
});
const gateSchema: z.ZodType<Gate> = z.object({
  breaker: z.object({
    state: z.enum(["closed", "open", "half-open"]),
    failures: z.number(),
    window: z.object({ from: z.number(), good: z.number(), bad: z.number() }),
    outages: z.number(),
    openedAt: z.number().optional(),
    closedAt: z.number().optional(),
    probeAt: z.number(),
    why: z.object({ cause: z.string(), message: z.string(), isRefusal: z.boolean() }).optional(),
  }),
  paused: z.object({ at: z.number(), by: z.string(), reason: z.string() }).optional(),
  heldUntil: z.number(),
  starts: z.array(z.number()),
  inside: z.array(visit),
  called: z.array(visit),
});

/** For who knows that all other processes are gone. */
export const emptyGates = `update account set gate = gate || '{"inside":[],"called":[]}'::jsonb`;

/** Locks it until the transaction ends; `now` in ms, by the database's clock. */
export async function loadGate(tx: Queryable, account: string) {
  return (await lockGate(tx, account)) ?? makeGate(tx, account);
}

async function lockGate(tx: Queryable, account: string) {
  const { rows } = await tx.query<{ gate: unknown; now: string | number }>(
    `select gate, extract(epoch from clock_timestamp()) * 1000 as now from account where name = $1
     for update`,
    [account],
  );
  const row = rows[0];
  return row && { gate: gateSchema.parse(row.gate), now: Math.floor(Number(row.now)) };
}

async function makeGate(tx: Queryable, account: string) {
  await tx.query("insert into account (name, gate) values ($1, $2::jsonb) on conflict do nothing", [
    account,
    toJson(openGate),
  ]);
  const made = await lockGate(tx, account);
  if (!made) throw new Error(`Account "${account}" has no gate.`);
  return made;
}

export async function saveGate(tx: Queryable, account: string, gate: Gate): Promise<void> {
  const until = mindedUntil(gate);
  await tx.query(
    `update account set gate = $2::jsonb,
       minded_until = case when $3 then 'infinity' else to_timestamp($4::float8 / 1000) end
     where name = $1`,
    [account, toJson(gate), until === Infinity, until === Infinity ? 0 : until],
  );
}
