// A door over a real ledger, and letters signed as Stripe signs them, for the tests of this folder.
import Stripe from "stripe";
import type { Payments } from "../connector-kit/roles.ts";
import { openTestDatabase } from "../ledger/database/test-database.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { type DoorOptions, stripeWebhook } from "./stripe-webhook.ts";

export const doorNow = new Date("2026-11-18T11:10:00.500Z");
export const doorSecret = "whsec_simulated_not_a_secret";
const seconds = Math.floor(doorNow.getTime() / 1000);

/** A Stripe-Signature header made by the stripe package. */
export function signed(payload: string, timestamp = seconds, secret = doorSecret): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

/** The body of an event; `more` stands beside or instead of the usual fields. */
export function aBody(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    id,
    object: "event",
    type: "payment_intent.succeeded",
    created: seconds,
    livemode: false,
    api_version: "2026-10-28.endive",
    data: { object: { id: "pi_3EurIncl", object: "payment_intent", amount: 15963 } },
    ...more,
  });
}

/** What is on disk of one event. */
export interface KeptEvent {
  readonly type: string;
  readonly disposition: string;
  readonly reason: string | null;
  readonly deliveries: number;
  readonly body: Uint8Array;
}

export async function openDoor(payments: Pick<Payments, "verify">) {
  const { db, close } = await openTestDatabase(migrationsFolder());
  const ledger = sqlLedger(db);
  const refused: string[] = [];
  const failures: unknown[] = [];
  let wakes = 0;
  const doorWith = (more: Partial<DoorOptions> = {}) =>
    stripeWebhook({
      ledger,
      stores: new Map([["pikkuna", { payments }]]),
      seen: { has: async () => false, add: async () => {} },
      wake: () => {
        wakes += 1;
      },
      now: () => doorNow,
      onRefused: (_store, why) => refused.push(why),
      onFailure: (error) => failures.push(error),
      ...more,
    });
  const count = async (table: "event" | "due" | "alert" | "orders") => {
    const { rows } = await db.query<{ n: number }>(`select count(*) as n from ${table}`);
    return Number(rows[0]?.n);
  };
  return {
    db,
    ledger,
    close,
    refused,
    failures,
    wakes: () => wakes,
    count,
    doorWith,
    door: doorWith(),
    kept: async (id: string): Promise<KeptEvent | undefined> => {
      const { rows } = await db.query<KeptEvent>(
        "select type, disposition, reason, deliveries, body from event where id = $1",
        [id],
      );
      return rows[0];
    },
    alerts: async () => {
      const { rows } = await db.query<{ title: string; lines: string[] }>(
        "select title, lines from alert order by id",
      );
      return rows;
    },
  };
}

export type OpenDoor = Awaited<ReturnType<typeof openDoor>>;

/** A delivery; `null` leaves the signature out. */
export function letter(
  body: string | Uint8Array<ArrayBuffer>,
  signature: string | null = typeof body === "string" ? signed(body) : null,
  headers: Readonly<Record<string, string>> = {},
): Request {
  return new Request("http://127.0.0.1/webhooks/stripe/pikkuna", {
    method: "POST",
    headers: { ...(signature === null ? {} : { "stripe-signature": signature }), ...headers },
    body,
  });
}
