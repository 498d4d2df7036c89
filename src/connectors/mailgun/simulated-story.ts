// What becomes of a message after Mailgun took it, as the events that it leaves.
import type { KeptMessage } from "./simulated-message.ts";

/** How a message fares on its way; an address that is suppressed is not even tried. */
export type Story = "delivered" | "bounced" | "complained" | "delayed" | "suppressed";

export interface MessageEvent {
  readonly event: string;
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

const onTheWayMs = 1000;

/** Oldest first, also those that are still to come. */
export function eventsOf(message: KeptMessage, domain: string): MessageEvent[] {
  const tell = (event: string, afterMs: number, fields: object = {}): MessageEvent => ({
    ...commonOf(message, domain),
    "log-level": event === "failed" ? "error" : "info",
    ...fields,
    event,
    id: `${event}-${message.number}-${afterMs}`,
    timestamp: (message.at + afterMs) / 1000,
  });
  const accepted = tell("accepted", 0, { method: "http" });
  const delivered = (afterMs: number) => tell("delivered", afterMs, { "delivery-status": ok });
  switch (message.story) {
    case "suppressed":
      return [accepted, tell("failed", 0, suppressedBy(message.suppressed ?? "suppress-bounce"))];
    case "bounced":
      return [accepted, tell("failed", onTheWayMs, noMailbox(message.recipients[0] ?? ""))];
    case "complained":
      return [accepted, delivered(onTheWayMs), tell("complained", 2 * onTheWayMs)];
    case "delayed":
      return [accepted, tell("failed", onTheWayMs, busy), delivered(2 * onTheWayMs)];
    default:
      return [accepted, delivered(onTheWayMs)];
  }
}

const ok = { code: 250, message: "OK", description: "", "attempt-no": 1, tls: true };

const busy = {
  severity: "temporary",
  reason: "generic",
  "delivery-status": {
    code: 451,
    message: "4.7.1 Greylisted, please try again later",
    description: "",
    "attempt-no": 1,
    "retry-seconds": 600,
  },
};

/** A receiving server likes to repeat the address. */
const noMailbox = (recipient: string) => ({
  severity: "permanent",
  reason: "bounce",
  "delivery-status": {
    code: 550,
    message: `5.1.1 <${recipient}>: Recipient address rejected: User unknown`,
    description: "",
    "attempt-no": 1,
  },
});

const suppressedBy = (reason: string) => ({
  severity: "permanent",
  reason,
  "delivery-status": {
    "attempt-no": 1,
    message: "",
    code: 605,
    description: "Not delivering to previously bounced address",
    "session-seconds": 0,
  },
});

function commonOf(message: KeptMessage, domain: string) {
  const size = message.html.length + message.attachments.reduce((sum, a) => sum + a.size, 0);
  const [recipient = ""] = message.recipients;
  return {
    tags: message.tags,
    envelope: { sender: `postmaster@${domain}`, transport: "smtp", targets: recipient },
    "user-variables": message.variables,
    flags: { "is-authenticated": true, "is-test-mode": message.isTestMode },
    message: {
      headers: {
        to: message.to,
        "message-id": message.messageId,
        from: message.from,
        subject: message.subject,
      },
      attachments: message.attachments.map((a) => ({
        filename: a.fileName,
        "content-type": a.mediaType,
        size: a.size,
      })),
      recipients: message.recipients,
      size,
    },
    recipient,
    "recipient-domain": recipient.split("@")[1] ?? "",
  };
}
