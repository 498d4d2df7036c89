// The body of a verified webhook: a snapshot event or a thin one, as one and the same PaymentEvent.
import { z } from "zod";
import type { PaymentEvent } from "../../connector-kit/roles.ts";
import { nestsDeeperThan } from "./nests-deeper.ts";

const maxDepth = 64;
const maxUnixSeconds = 253_402_300_799; // The end of the year 9999.

const id = z.string().regex(/^[A-Za-z0-9_-]{1,255}$/);
const type = z.string().regex(/^[A-Za-z0-9_.[\]-]{1,200}$/);
// Coupons and the like have ids that merchants invent; only an id that we could read back matters.
const looseId = id.optional().catch(undefined);
const looseType = type.optional().catch(undefined);
// Unlike the ids of objects this must never be dropped quietly: without it the event would pass as
// our own.
const account = z
  .string()
  .regex(/^[A-Za-z0-9_/-]{1,255}$/)
  .nullish();

const snapshotEvent = z.object({
  id,
  type,
  created: z.int().min(0).max(maxUnixSeconds),
  livemode: z.boolean(),
  api_version: z.string().max(100).nullish().catch(undefined),
  account,
  context: account,
  data: z.object({ object: z.object({ id: looseId, object: looseType }) }),
});

const thinEvent = z.object({
  id,
  type,
  created: z.iso.datetime({ offset: true }),
  livemode: z.boolean(),
  context: account,
  related_object: z.object({ id: looseId, type: looseType }).nullish(),
});

const anyEvent = z.object({ object: z.string() });

export type ParsedEvent =
  | { readonly kind: "event"; readonly event: PaymentEvent }
  | { readonly kind: "unreadable"; readonly why: string };

export function parseEvent(text: string): ParsedEvent {
  if (text.startsWith("\uFEFF")) return unreadable("It begins with a byte order mark.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable("It is not JSON, or was cut short.");
  }
  if (nestsDeeperThan(maxDepth, text, value)) {
    return unreadable(`It nests deeper than ${maxDepth} levels.`);
  }
  const kind = anyEvent.safeParse(value).data?.object;
  if (kind === "event") return read(snapshotEvent, value, fromSnapshot);
  if (kind === "v2.core.event") return read(thinEvent, value, fromThin);
  return unreadable("It is no event: `object` is neither event nor v2.core.event.");
}

function read<T>(
  schema: z.ZodType<T>,
  value: unknown,
  toEvent: (parsed: T) => PaymentEvent,
): ParsedEvent {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: "event", event: toEvent(parsed.data) };
  const issue = parsed.error.issues[0];
  return unreadable(`Its ${issue?.path.join(".") || "body"} is not as Stripe documents it.`);
}

function fromSnapshot(event: z.infer<typeof snapshotEvent>): PaymentEvent {
  return {
    id: event.id,
    type: event.type,
    createdAt: new Date(event.created * 1000).toISOString(),
    livemode: event.livemode,
    apiVersion: event.api_version ?? undefined,
    account: accountOf(event.account ?? event.context),
    objectId: event.data.object.id,
    objectType: event.data.object.object,
  };
}

function fromThin(event: z.infer<typeof thinEvent>): PaymentEvent {
  return {
    id: event.id,
    // Thin events about v1 objects are called "v1.payment_intent.succeeded".
    type: event.type.replace(/^v1\./, ""),
    createdAt: new Date(event.created).toISOString(),
    livemode: event.livemode,
    account: accountOf(event.context),
    objectId: event.related_object?.id,
    objectType: event.related_object?.type,
  };
}

/** A context may be a path from organisation to account. */
function accountOf(context: string | null | undefined): string | undefined {
  return context?.split("/").at(-1) || undefined;
}

function unreadable(why: string): ParsedEvent {
  return { kind: "unreadable", why };
}
