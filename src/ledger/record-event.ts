import { hash } from "node:crypto";
import { toJson } from "../order/json.ts";
import { insertAlert } from "./alerts.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeNow } from "./due-index.ts";
import type { ReceivedEvent } from "./ledger.ts";
import { eventSubject } from "./subject.ts";

/** An event with what it is known by. */
export interface Letter extends ReceivedEvent {
  readonly id: string;
  readonly sha256: Uint8Array;
  readonly subject: string;
}

export function letterOf(received: ReceivedEvent): Letter {
  const sha256 = hash("sha256", received.body, "buffer");
  // A body that nobody can read has no id of its own; the same bytes are the same event.
  const id = received.event?.id ?? `sha256:${sha256.toString("hex")}`;
  return { ...received, id, sha256, subject: eventSubject(received.source, id) };
}

/**
 * Writes events down, for ever, and makes them due; a known one only counts a delivery. Says of each whether it is new.
 * The same event must not be in it twice.
 */
export async function insertLetters(db: Queryable, letters: readonly Letter[]): Promise<boolean[]> {
  const { rows } = await db.query<{ subject: string; is_fresh: boolean }>(
    `with told as (
       insert into event (source, id, store, type, object_id, object_type, account, livemode, api_version,
         created_at, body, body_sha256, disposition, reason, settled_at, leave_out)
       select source, id, store, type, "objectId", "objectType", account, livemode, "apiVersion",
         coalesce("createdAt", now()), decode(body, 'base64'), decode(sha256, 'base64'),
         case when reason is null then 'received' else 'quarantined' end, reason,
         case when reason is null then null else now() end,
         array(select jsonb_array_elements_text("leaveOut"))
       from jsonb_to_recordset($1::jsonb) as r(source text, id text, store text, type text, "objectId" text,
         "objectType" text, account text, livemode boolean, "apiVersion" text, "createdAt" timestamptz, body text,
         sha256 text, reason text, "leaveOut" jsonb)
       order by source, id
       on conflict (source, id) do update set deliveries = event.deliveries + 1
       returning 'event/' || source || '/' || id as subject, xmax = 0 as is_fresh, disposition),
     woken as (${wakeNow("select subject from told where is_fresh and disposition = 'received'")})
     select subject, is_fresh from told`,
    [toJson(letters.map(rowOf))],
  );
  const fresh = new Set(rows.filter((row) => row.is_fresh).map(({ subject }) => subject));
  return letters.map(({ subject }) => fresh.has(subject));
}

/** One that nobody can read: a person is told of it in the same transaction. */
export function quarantineLetter(db: Database, letter: Letter): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [isFresh = false] = await insertLetters(tx, [letter]);
    if (isFresh) {
      await insertAlert(tx, `quarantine:${letter.subject}`, letter.store, undefined, {
        severity: "needs-you",
        title: "A signed Stripe event cannot be read",
        lines: [`${letter.whyUnreadable ?? "It has no known shape"}. It is kept as ${letter.id}.`],
      });
    }
    return isFresh;
  });
}

function rowOf({ source, id, store, event, whyUnreadable, body, sha256, leaveOut = [] }: Letter) {
  return {
    ...{ source, id, store, leaveOut },
    type: event?.type ?? "unreadable",
    objectId: event?.objectId,
    objectType: event?.objectType,
    account: event?.account,
    livemode: event?.livemode,
    apiVersion: event?.apiVersion,
    createdAt: event?.createdAt,
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64"),
    sha256: Buffer.from(sha256).toString("base64"),
    reason: event ? undefined : (whyUnreadable ?? "unreadable"),
  };
}
