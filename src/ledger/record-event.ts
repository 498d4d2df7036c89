import { createHash } from "node:crypto";
import { insertAlert } from "./alerts.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import type { ReceivedEvent } from "./ledger.ts";
import { eventSubject } from "./subject.ts";

/** Writes the event down, for ever, and makes it due; a known one only counts a delivery. */
export async function recordEvent(
  db: Database,
  received: ReceivedEvent,
): Promise<{ isFresh: boolean; subject: string }> {
  const sha256 = createHash("sha256").update(received.body).digest();
  // A body that nobody can read has no id of its own; the same bytes are the same event.
  const id = received.event?.id ?? `sha256:${sha256.toString("hex")}`;
  const subject = eventSubject(received.source, id);
  const isFresh = await db.transaction(async (tx) => {
    if (!(await insertEvent(tx, received, id, sha256))) return false;
    if (received.event) {
      await wakeIn(tx, subject, 0);
    } else {
      await insertAlert(tx, `quarantine:${subject}`, received.store, undefined, {
        severity: "needs-you",
        title: "A signed Stripe event cannot be read",
        lines: [`${received.whyUnreadable ?? "It has no known shape"}. It is kept as ${id}.`],
      });
    }
    return true;
  });
  return { isFresh, subject };
}

async function insertEvent(tx: Queryable, received: ReceivedEvent, id: string, sha256: Uint8Array) {
  const { event } = received;
  const { rows } = await tx.query<{ is_fresh: boolean }>(
    `insert into event (source, id, store, type, object_id, object_type, account, livemode, api_version,
       created_at, body, body_sha256, disposition, reason, settled_at, leave_out)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10::timestamptz, now()), $11, $12, $13, $14,
       case when $13 = 'received' then null else now() end, $15)
     on conflict (source, id) do update set deliveries = event.deliveries + 1
     returning (xmax = 0) as is_fresh`,
    [
      received.source,
      id,
      received.store,
      event?.type ?? "unreadable",
      event?.objectId ?? null,
      event?.objectType ?? null,
      event?.account ?? null,
      event?.livemode ?? null,
      event?.apiVersion ?? null,
      event?.createdAt ?? null,
      received.body,
      sha256,
      event ? "received" : "quarantined",
      event ? null : (received.whyUnreadable ?? "unreadable"),
      received.leaveOut ?? [],
    ],
  );
  return rows[0]?.is_fresh === true;
}
