// A door for delivery webhooks over a real ledger, and a simulated Mailgun that tells it of its messages.
import { memoryKit } from "../connector-kit/simulator.ts";
import { deliverWebhooks, webhookBody } from "../connectors/mailgun/deliver-webhooks.ts";
import { aMessage, aShop } from "../connectors/mailgun/shop-for-tests.ts";
import { sqlDeliveryLedger } from "../ledger/delivery-ledger.ts";
import { showOrder } from "../ledger/list-orders.ts";
import { aStep, claimed, endings, openOrderWith, openTestLedger } from "../ledger/test-ledger.ts";
import { type MailDoorOptions, mailWebhook } from "./mail-webhook.ts";

export const mailDoorNow = new Date("2026-11-23T12:00:00Z");
const account = "mailgun:mg.example.com";

export async function openMailDoor() {
  const { db, ledger, close } = await openTestLedger();
  let now = mailDoorNow;
  const shop = aShop({ kit: memoryKit(() => now) });
  const { action: send, deliveries } = shop;
  const heard: string[] = [];
  const failures: unknown[] = [];
  const doorWith = (more: Partial<MailDoorOptions> = {}) =>
    mailWebhook({
      ledger: sqlDeliveryLedger(db),
      stores: new Map([
        ["pikkuna", { send, deliveries }],
        ["other", { send, deliveries }],
        ["deaf", { send }],
      ]),
      now: () => now,
      redact: (text) => text.replaceAll("hunter2", "[secret]"),
      onRefused: (store, why) => heard.push(`${store}: ${why}`),
      onFailure: (error) => failures.push(error),
      ...more,
    });
  const door = doorWith();
  const signingKey = shop.simulator.secrets.webhookSigningKey ?? "";
  const pump = deliverWebhooks(shop.simulator.webhooks, {
    url: "http://127.0.0.1/webhooks/mailgun/pikkuna",
    signingKey,
    now: () => now,
    fetch: (request) => door(request, "pikkuna"),
  });

  /** An order whose e-mail Mailgun took, in these moods; nobody has told of it yet. */
  async function mailed(moods: readonly string[] = [], isDone = true): Promise<string> {
    const step = aStep("confirmation", { provider: "mailgun", action: "mailgun.send", account });
    const reference = await openOrderWith(ledger, [step]);
    const claim = await claimed(ledger, reference, "confirmation");
    for (const mood of moods) shop.simulator.setMood(mood, true);
    const key = `${reference}-confirmation`;
    const outcome = await shop.attempt(aMessage(), false, { reference, key });
    for (const mood of moods) shop.simulator.setMood(mood, false);
    if (outcome.kind !== "done") throw new Error(`It was not sent: ${outcome.kind}`);
    const { messageId } = outcome.output as { messageId: string };
    if (isDone) await ledger.finish(claim, endings.done(messageId));
    return reference;
  }

  return {
    db,
    ledger,
    close,
    door,
    doorWith,
    heard,
    failures,
    mailed,
    /** Time passes, and Mailgun tells what is due; the statuses that it hears. */
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
      return pump.flush();
    },
    /** What Mailgun would post about this order, oldest first. */
    letters: (reference: string): string[] =>
      shop.simulator.webhooks
        .all()
        .filter(({ eventData }) => JSON.stringify(eventData).includes(reference))
        .map((webhook) => webhookBody(webhook, signingKey)),
    deliveryOf: async (reference: string) =>
      (await showOrder(db, reference))?.deliveries.confirmation,
    alertsOf: async (reference: string) => {
      const { rows } = await db.query<{ severity: string; title: string; lines: string[] }>(
        "select severity, title, lines from alert where reference = $1 order by id",
        [reference],
      );
      return rows;
    },
    reportsOf: async (reference: string): Promise<number> => {
      const { rowCount } = await db.query("select 1 from delivery_report where run = $1", [
        `${reference}-paid`,
      ]);
      return rowCount;
    },
  };
}

export type OpenMailDoor = Awaited<ReturnType<typeof openMailDoor>>;

export function mailLetter(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
  method = "POST",
): Request {
  return new Request("http://127.0.0.1/webhooks/mailgun/pikkuna", {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "POST" ? { body } : {}),
  });
}
