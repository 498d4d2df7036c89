// The door for what a mail provider tells of our e-mails: verify over the raw bytes, write down, say 200.
import type { Mail } from "../connector-kit/roles.ts";
import type { DeliveryLedger } from "../ledger/delivery-ledger.ts";
import { readBody } from "./read-body.ts";
import { say } from "./say.ts";

const maxBodyBytes = 1024 * 1024;

export interface MailDoorOptions {
  readonly ledger: DeliveryLedger;
  readonly stores: ReadonlyMap<string, Pick<Mail, "send" | "deliveries">>;
  readonly now: () => Date;
  /** Providers quote what they were sent, keys too. */
  readonly redact: (text: string) => string;
  /** For the operator: what was refused, or is odd, and why; never the body. */
  readonly onRefused?: (store: string, why: string) => void;
  readonly onFailure?: (error: unknown) => void;
}

/** Answers POST /webhooks/mailgun/:store. 200 ends it, 406 stops it, anything else makes Mailgun tell it again. */
export function mailWebhook(
  options: MailDoorOptions,
): (request: Request, store: string) => Promise<Response> {
  const { ledger, stores, now, redact, onRefused } = options;
  return async (request, storeName) => {
    if (request.method !== "POST") return say(405, "Use POST.", { allow: "POST" });
    const mail = stores.get(storeName);
    if (!mail) return say(404, "No such store.");
    if (!mail.deliveries) {
      return say(503, "Not configured: this store has no webhook signing key for its mail.");
    }
    const body = await bodyOf(request);
    if (body instanceof Response) return body;
    const verified = mail.deliveries.verify(body, now());
    if (verified.kind === "refused") {
      onRefused?.(storeName, redact(verified.why));
      return verified.isFinal
        ? say(406, "It cannot be accepted any more.")
        : say(400, "The signature is not valid.");
    }
    if (verified.kind === "foreign") {
      if (verified.why) onRefused?.(storeName, redact(verified.why));
      return say(200, "No news of ours.");
    }
    const { report } = verified;
    const { account } = mail.send.connection;
    try {
      const why = report.why && redact(report.why);
      const outcome = await ledger.recordDelivery(
        { store: storeName, account },
        { ...report, why },
      );
      return say(200, said[outcome]);
    } catch (error) {
      // Not on disk, so not accepted: the provider tells it again.
      options.onFailure?.(error);
      return say(503, "Not recorded; try again.", { "retry-after": "10" });
    }
  };
}

const said = { recorded: "Recorded.", known: "Known.", unknown: "No news of ours." } as const;

async function bodyOf(request: Request): Promise<Uint8Array | Response> {
  const encoding = request.headers.get("content-encoding");
  if (encoding && encoding !== "identity") return say(415, "Send it uncompressed.");
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) return say(415, "Send it as application/json.");
  const body = await readBody(request, maxBodyBytes).catch(() => "cut off" as const);
  if (body === "cut off") return say(400, "The body ended early.");
  return body ?? say(413, "Larger than 1 MiB.", { connection: "close" });
}
