// Mailgun's side of a webhook: 200 ends it, 406 stops it, anything else is told again, for seven and a half hours.
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Webhook, WebhookQueue } from "./simulated-webhooks.ts";

export interface WebhookDelivery {
  /** Our door. */
  readonly url: string;
  readonly signingKey: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => Date;
  /** How many times faster than the real one it tries again: nobody waits for hours in a sandbox. Default: 1. */
  readonly haste?: number;
}

const minuteMs = 60_000;
export const retriesAfterMs = [5, 10, 15, 60, 120, 240].map((minutes) => minutes * minuteMs);
const timeoutMs = 20_000;
const lookEveryMs = 100;

export interface WebhookPump {
  /** Tells everything that is due, once; resolves to the statuses that it heard. */
  flush(signal?: AbortSignal): Promise<readonly number[]>;
  /** Goes on until the signal stops it. */
  run(signal: AbortSignal): Promise<void>;
}

export function deliverWebhooks(queue: WebhookQueue, options: WebhookDelivery): WebhookPump {
  const flush = async (signal?: AbortSignal) => {
    const heard: number[] = [];
    for (const webhook of queue.due(options.now().getTime())) {
      if (signal?.aborted) break;
      const status = await post(webhook, options, signal);
      if (signal?.aborted) break;
      queue.set(afterwards(webhook, status, options));
      heard.push(status);
    }
    return heard;
  };
  return {
    flush,
    async run(signal) {
      while (!signal.aborted) {
        await flush(signal);
        await sleep(lookEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}

function afterwards(
  webhook: Webhook,
  status: number,
  { now, haste = 1 }: WebhookDelivery,
): Webhook {
  if (status === 200) return { ...webhook, state: "taken" };
  if (status === 406) return { ...webhook, state: "refused" };
  const waitMs = retriesAfterMs[webhook.attempts];
  if (waitMs === undefined) return { ...webhook, state: "given up" };
  return {
    ...webhook,
    dueAt: now().getTime() + waitMs / haste,
    attempts: webhook.attempts + 1,
  };
}

/** What Mailgun posts: nothing of the event is signed, only the time and a token. */
export function webhookBody(
  { timestamp, token, eventData }: Pick<Webhook, "timestamp" | "token" | "eventData">,
  signingKey: string,
): string {
  const signature = createHmac("sha256", signingKey).update(`${timestamp}${token}`).digest("hex");
  return JSON.stringify({ signature: { timestamp, token, signature }, "event-data": eventData });
}

/** The status, or 0 when there was no answer. */
async function post(
  webhook: Webhook,
  options: WebhookDelivery,
  stop?: AbortSignal,
): Promise<number> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const request = new Request(options.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: webhookBody(webhook, options.signingKey),
    redirect: "manual",
    signal: stop ? AbortSignal.any([timeout, stop]) : timeout,
  });
  try {
    const response = await options.fetch(request);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
