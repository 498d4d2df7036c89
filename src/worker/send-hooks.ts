// Tells other programs, signed as Standard Webhooks say. What does not arrive is tried again for days.
import { Webhook } from "standardwebhooks";
import { ActionError } from "../connector-kit/action-error.ts";
import type { HttpResponse, Send } from "../connector-kit/http.ts";
import type { SealFor } from "../connector-kit/seal.ts";
import { hookPlace } from "../ledger/access/sealed-secrets.ts";
import type { Database } from "../ledger/database/database.ts";
import {
  type HookMessage,
  type HookTry,
  recordHookTry,
  takeHookMessages,
} from "../ledger/hook-messages.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Waits after the first failure, the second, ...; together about three days and a half. */
const waitsMs = [
  5000,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];
const atOnce = 10;
const restMs = 1000;
const deadlineMs = 15_000;

export interface HookSending {
  readonly db: Database;
  readonly send: (msLeft: () => number) => Send;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  /** The secrets that messages are signed with lie under a seal. */
  readonly sealFor: SealFor;
  readonly onTry?: (seconds: number, outcome: "arrived" | "failed") => void;
}

/** Sends until it is stopped. Stopping waits for what was begun. */
export function sendHooks(sending: HookSending): { stop(): Promise<void> } {
  let isStopped = false;
  let wakeUp = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!isStopped) {
      const sent = await sendDue(sending).catch((error: unknown) => {
        sending.onError(error);
        return 0;
      });
      if (sent === 0 && !isStopped) await rest();
    }
  };
  const ended = loop();
  return {
    async stop() {
      isStopped = true;
      wakeUp();
      await ended;
    },
  };
}

/** Sends what is due now. Resolves to how many were tried. */
export async function sendDue(sending: HookSending): Promise<number> {
  const messages = await takeHookMessages(sending.db, atOnce);
  await Promise.all(messages.map((message) => sendOne(sending, message)));
  return messages.length;
}

async function sendOne(sending: HookSending, message: HookMessage): Promise<void> {
  const begunAt = performance.now();
  const outcome = await tryOnce(sending, message);
  const tookMs = Math.round(performance.now() - begunAt);
  const ended = { ...outcome, tookMs };
  sending.onTry?.(tookMs / 1000, ended.nextAfterMs === undefined ? "arrived" : "failed");
  await sending.db.transaction((tx) => recordHookTry(tx, message, ended));
}

async function tryOnce(
  { send, random, sealFor }: HookSending,
  message: HookMessage,
): Promise<Omit<HookTry, "tookMs">> {
  const endsAt = performance.now() + deadlineMs;
  // Up to a tenth more, so that receivers that were away are not run over.
  const wait = waitsMs[message.tries - 1];
  const later = wait === undefined ? null : Math.round(wait * (1 + random() / 10));
  try {
    const answer = await send(() => endsAt - performance.now())({
      method: "POST",
      url: message.url,
      headers: signed({ ...message, secrets: opened(sealFor, message) }, new Date()),
      body: message.payload,
    });
    return judged(answer, later);
  } catch (thrown) {
    const error = thrown instanceof ActionError ? thrown.message : "It could not be sent.";
    return { status: null, error, answer: null, nextAfterMs: later, isGone: false };
  }
}

function opened(sealFor: SealFor, { url, secrets }: HookMessage): readonly string[] {
  const seal = sealFor(hookPlace(url));
  const open = secrets.map((secret) => seal.open(secret));
  const known = open.filter((secret) => secret !== undefined);
  if (known.length > 0) return known;
  throw new ActionError(
    "transient",
    "No key of ours opens this hook's secret: give ORDNA_SEALING_KEY the older key too, or rotate the hook's secret.",
    { cause: "config.invalid" },
  );
}

function judged(answer: HttpResponse, later: number | null): Omit<HookTry, "tookMs"> {
  const { status } = answer;
  const said = Buffer.from(answer.body).toString().replaceAll("\0", "").slice(0, 500);
  const hasArrived = status >= 200 && status < 300;
  return {
    status,
    error: hasArrived ? null : `It answered ${status}.`,
    answer: said,
    nextAfterMs: hasArrived ? undefined : later,
    isGone: status === 410,
  };
}

/** One signature for each secret: the present one, and the old one for as long as it counts. */
export function signed(
  { id, secrets, payload }: Pick<HookMessage, "id" | "secrets" | "payload">,
  now: Date,
): Readonly<Record<string, string>> {
  const messageId = `msg_${id}`;
  const signatures = secrets.map((secret) => new Webhook(secret).sign(messageId, now, payload));
  return {
    "content-type": "application/json",
    "user-agent": "Ordna",
    "webhook-id": messageId,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}
