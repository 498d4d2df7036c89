// What Mailgun tells of a message after it took it: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks
import { z } from "zod";
import type { DeliveryVerification, Fate } from "../../connector-kit/roles.ts";
import { oneLine } from "../../language/one-line.ts";
import { eventSchema } from "./api.ts";
import { tracesOf } from "./event-traces.ts";
import { messageIdOf } from "./message-form.ts";
import type { Settings } from "./settings.ts";
import { doubtOf, signatureSchema } from "./webhook-signature.ts";

const envelopeSchema = z.object({ signature: signatureSchema, "event-data": z.unknown() });

const text = z.string().max(20_000).nullish();

const eventDataSchema = eventSchema.extend({
  id: z.string().min(1).max(200),
  /** Seconds since the epoch. */
  timestamp: z.number().min(1e9).max(1e10),
  recipient: text,
  "delivery-status": z
    .object({ code: z.number().nullish(), message: text, description: text })
    .nullish(),
});

type EventData = z.infer<typeof eventDataSchema>;

export function readWebhook(
  settings: Settings,
  keys: readonly string[],
  body: Uint8Array,
  now: Date,
): DeliveryVerification {
  const envelope = envelopeSchema.safeParse(asJson(body));
  if (!envelope.success) return refused("It is no webhook of Mailgun: it has no signature.", false);
  const { signature, "event-data": data } = envelope.data;
  const doubt = doubtOf(signature, keys, settings.webhookMaxAgeMs, now);
  if (doubt) return refused(doubt.why, doubt.isFinal);
  const event = eventDataSchema.safeParse(data);
  if (!event.success) {
    const where = event.error.issues[0]?.path.join(".") || "event-data";
    return refused(`It is signed, and we cannot read its event (${where}).`, true);
  }
  return newsOf(settings, signature.token, event.data);
}

function newsOf(settings: Settings, token: string, event: EventData): DeliveryVerification {
  const fate = fateOf(event);
  const { messageId, variables } = tracesOf(event);
  const named = namedSchema.safeParse(variables);
  if (!fate || !named.success) return { kind: "foreign" };
  const { order_reference: reference, order_key: key } = named.data;
  // Anybody who sends through this domain can write variables; and a Message-Id alone names no order.
  if (!key.startsWith(`${reference}-`) || messageId !== messageIdOf(settings, { key })) {
    const why = `A webhook names ${key} of order ${reference}, but its Message-Id is not the one that we gave it.`;
    return { kind: "foreign", why };
  }
  const at = new Date(event.timestamp * 1000).toISOString();
  const why = whyOf(event);
  const about = { token, eventId: event.id, at, fate, reference, key, messageId };
  return { kind: "report", report: why ? { ...about, why } : about };
}

const namedSchema = z.object({
  order_reference: z.string().regex(/^[A-Z0-9]{10,20}$/),
  order_key: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});

/** Both kinds of failure are called "failed"; what else Mailgun tells of changes nothing about a delivery. */
function fateOf({ event, severity }: EventData): Fate | undefined {
  if (event === "delivered" || event === "complained") return event;
  if (event !== "failed") return undefined;
  return severity === "temporary" ? "delayed" : "bounced";
}

function whyOf(event: EventData): string {
  const status = event["delivery-status"];
  if (event.event !== "failed") return "";
  const code = status?.code ? String(status.code) : "";
  const words = [code, status?.message || status?.description, event.reason && `(${event.reason})`];
  return oneLine(withoutAddress(words.filter(Boolean).join(" "), event.recipient ?? ""), 300);
}

/** Whoever refuses an e-mail likes to say to whom it was. */
function withoutAddress(words: string, recipient: string): string {
  const [local = ""] = recipient.split("@");
  const plain = words.replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, "[e-mail]");
  if (local.length < 3) return plain;
  return plain.replace(new RegExp(local.replace(/[^\w]/g, "\\$&"), "gi"), "[e-mail]");
}

function asJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

const refused = (why: string, isFinal: boolean): DeliveryVerification => ({
  kind: "refused",
  why,
  isFinal,
});
