// A shop with a simulated Mailgun, for tests: what a shop configures, wired to the simulator.
import { createHash } from "node:crypto";
import type { Call, StoredFile } from "../../connector-kit/action.ts";
import { attempt, type Outcome } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { secret, type Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { Message } from "../../connector-kit/roles.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { memoryKit, type SimulatorKit } from "../../connector-kit/simulator.ts";
import { composeConfirmation } from "../../language/confirmation.ts";
import type { Order } from "../../order/order.ts";
import { mailgun, simulatedAs } from "./connector.ts";
import { type MailgunOptions, readSettings } from "./settings.ts";
import { mailgunSimulator } from "./simulator.ts";

const options: MailgunOptions = {
  region: "eu",
  domain: "mg.example.com",
  apiKey: secret("MAILGUN_API_KEY"),
  webhookSigningKey: secret("MAILGUN_WEBHOOK_SIGNING_KEY"),
  from: { name: "Example Shop", email: "orders@mg.example.com" },
};

interface ShopWishes extends Partial<MailgunOptions> {
  readonly kit?: SimulatorKit;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The clock of callTo and of the simulator are the same held one. */
const noon = () => new Date("2026-11-23T12:00:00Z");

export function aShop({ kit = memoryKit(noon), secrets, ...overrides }: ShopWishes = {}) {
  const settings = { ...options, ...overrides };
  const connector = mailgun(settings);
  const simulator = mailgunSimulator(kit, simulatedAs(readSettings(settings)));
  const wiring: Wiring = {
    hosts: { api: "http://127.0.0.1:1/mailgun" },
    secrets: secrets ?? simulator.secrets,
    connection: { ...connector.connection, provider: "mailgun", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const { send: action, deliveries } = connector.connect(wiring);
  return {
    connector,
    simulator,
    wiring,
    action,
    deliveries,
    toMailgun: directSend(simulator),
    call: (call: Partial<Call> = {}) => callTo(simulator, call),
    attempt: (message: Message, isRepeat = false, call: Partial<Call> = {}) =>
      attempt(action, message, callTo(simulator, call), isRepeat),
    outbox: () => simulator.records(),
  };
}

export function aMessage(overrides: Partial<Message> = {}, order: Partial<Order> = {}): Message {
  const letter = composeConfirmation(anOrder(order), {
    trackingNumber: "00370000000000000001",
    trackingUrl: "https://tracking.example.com/?id=1&lang=fi",
    invoiceNumber: "1001",
    shopName: "Example Shop",
    timeZone: "Europe/Helsinki",
  });
  return {
    to: { email: "buyer@example.com", name: "Example Buyer" },
    ...letter,
    attachments: [anInvoice()],
    ...overrides,
  };
}

/** The file that `callTo` opens when it kept none itself. */
export function anInvoice(overrides: Partial<StoredFile> = {}): StoredFile {
  const bytes = new TextEncoder().encode("%PDF-1.4 test");
  return {
    key: "ABCDEFGHJK1234-invoice/invoice-1001.pdf",
    fileName: "invoice-1001.pdf",
    mediaType: "application/pdf",
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    ...overrides,
  };
}

/** How a send ended, as "verdict cause", or its kind when it was done. */
export function ending(outcome: Outcome<unknown>): string {
  if (outcome.kind === "done") return `done via ${outcome.via}`;
  return `${outcome.error.verdict} ${outcome.error.failure.cause}`;
}
