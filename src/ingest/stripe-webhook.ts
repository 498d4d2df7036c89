// The door: verify over the raw bytes, write down in one transaction, wake, say 200.
import type { PaymentEvent, Payments } from "../connector-kit/roles.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { eventSubject } from "../ledger/subject.ts";
import { readBody } from "./read-body.ts";
import { say } from "./say.ts";
import type { SeenEvents } from "./seen-events.ts";

const maxBodyBytes = 1024 * 1024;

export interface DoorOptions {
  readonly ledger: Pick<Ledger, "recordEvent">;
  readonly stores: ReadonlyMap<string, { readonly payments: Pick<Payments, "verify"> }>;
  readonly seen: SeenEvents;
  /** Something new is due. */
  readonly wake: () => void;
  readonly now: () => Date;
  /** For the operator: what was refused and why; never the body. */
  readonly onRefused?: (store: string, why: string) => void;
  readonly onFailure?: (error: unknown) => void;
}

/** Answers POST /webhooks/stripe/:store. Anything but 2xx makes Stripe deliver again. */
export function stripeWebhook(
  options: DoorOptions,
): (request: Request, store: string) => Promise<Response> {
  return async (request, storeName) => {
    if (request.method !== "POST") return say(405, "Use POST.", { allow: "POST" });
    const store = options.stores.get(storeName);
    if (!store) return say(404, "No such store.");
    const encoding = request.headers.get("content-encoding");
    if (encoding && encoding !== "identity") return say(415, "Send it uncompressed.");
    const body = await readBody(request, maxBodyBytes).catch(() => "cut off" as const);
    if (body === "cut off") return say(400, "The body ended early.");
    if (body === undefined) return say(413, "Larger than 1 MiB.", { connection: "close" });

    const header = request.headers.get("stripe-signature");
    const verified = store.payments.verify(body, header, options.now());
    if (verified.kind === "refused") {
      options.onRefused?.(storeName, verified.why);
      return say(400, "The signature is not valid.");
    }
    const event = verified.kind === "event" ? verified.event : undefined;
    const known = event && mayBeKnown(event, options.now()) && eventSubject("stripe", event.id);
    if (known && (await options.seen.has(known).catch(() => false))) return accepted(false);

    try {
      const { isFresh, subject } = await options.ledger.recordEvent({
        source: "stripe",
        store: storeName,
        event,
        whyUnreadable: verified.kind === "unreadable" ? verified.why : undefined,
        body,
      });
      if (isFresh) options.wake();
      // Nobody waits for what only spares a look next time.
      options.seen.add(subject).catch(() => {});
      return accepted(isFresh);
    } catch (error) {
      // Not on disk, so not accepted: Stripe tries again for three days.
      options.onFailure?.(error);
      return say(503, "Not recorded; try again.", { "retry-after": "10" });
    }
  };
}

/** Stripe delivers no more: only for what is on disk. */
function accepted(isFresh: boolean): Response {
  return say(200, isFresh ? "Recorded." : "Known.");
}

/** Stripe delivers again after minutes and hours: of a younger one only the ledger is asked. */
const youngMs = 60_000;

function mayBeKnown({ createdAt }: PaymentEvent, now: Date): boolean {
  return now.getTime() - Date.parse(createdAt) > youngMs;
}
