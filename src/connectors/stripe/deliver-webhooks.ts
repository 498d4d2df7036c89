// Stripe's side of a webhook: every event at least once, signed anew at each attempt, until a 2xx
// comes back.
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import type { StripeSimulator } from "./simulator.ts";
import type { Acknowledgement, Delivery } from "./webhook-queue.ts";

export interface DeliveryOptions {
  /** Our door. */
  readonly url: string;
  /** One, or both while a secret is rolled: Stripe signs with each. */
  readonly secret: string | readonly string[];
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => Date;
  readonly onDelivery?: (attempted: Attempted) => void;
  /** How many attempts run side by side. Default 8. */
  readonly concurrent?: number;
}

export interface Attempted {
  readonly eventId: string;
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  readonly isAcknowledged: boolean;
}

export interface WebhookPump {
  /** Attempts everything that is due, once. */
  flush(): Promise<readonly Attempted[]>;
  /** Goes on until the signal stops it. */
  run(signal: AbortSignal): Promise<void>;
  acknowledged(): readonly Acknowledgement[];
}

// Stripe's own steps are not published (days in live mode); a sandbox should not make anybody wait.
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
// Stripe does not publish how long it waits for an answer either.
const timeoutMs = 20_000;
const lookEveryMs = 100;

type Source = Pick<StripeSimulator, "webhooks" | "happen">;

export function deliverWebhooks(simulator: Source, options: DeliveryOptions): WebhookPump {
  const { webhooks } = simulator;

  async function attempt(delivery: Delivery, stop?: AbortSignal): Promise<Attempted> {
    const body = JSON.stringify(simulator.happen(delivery.eventId), null, 2);
    const result = await post(body, options, stop);
    const now = options.now();
    if (result.isAcknowledged) webhooks.acknowledge(delivery, now);
    else {
      const wait = Math.min(firstRetryMs * 2 ** delivery.attempts, longestRetryMs);
      webhooks.postpone(delivery, now.getTime() + wait, result.failure);
    }
    const { status, isAcknowledged } = result;
    const attempted = { eventId: delivery.eventId, status, isAcknowledged };
    inFlight.delete(delivery.id);
    options.onDelivery?.(attempted);
    return attempted;
  }

  // The latest first, so that the next one is taken from the end.
  let ready: Delivery[] = [];
  const inFlight = new Set<string>();

  function take(): Delivery | undefined {
    if (ready.length === 0) {
      const due = webhooks.due(options.now().getTime());
      ready = due.filter((delivery) => !inFlight.has(delivery.id)).reverse();
    }
    const next = ready.pop();
    if (next) inFlight.add(next.id);
    return next;
  }

  const inParallel = (worker: () => Promise<void>) =>
    Promise.all(Array.from({ length: options.concurrent ?? 8 }, worker));

  async function flush(): Promise<readonly Attempted[]> {
    const results: Attempted[] = [];
    await inParallel(async () => {
      for (let next = take(); next; next = take()) results.push(await attempt(next));
    });
    return results;
  }

  async function run(signal: AbortSignal): Promise<void> {
    await inParallel(async () => {
      while (!signal.aborted) {
        const next = take();
        if (next) await attempt(next, signal);
        else await pause(signal);
      }
    });
  }

  return { flush, run, acknowledged: webhooks.acknowledged };
}

/** Until it is time to look again, or the signal says stop. */
async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(lookEveryMs, undefined, { signal, ref: false });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

interface Posted {
  readonly status: number | undefined;
  readonly isAcknowledged: boolean;
  readonly failure: string;
}

async function post(body: string, options: DeliveryOptions, stop?: AbortSignal): Promise<Posted> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const request = new Request(options.url, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "stripe-signature": signatureHeader(body, options),
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    },
    body,
    // A redirect is a failure to Stripe; it follows none.
    redirect: "manual",
    signal: stop ? AbortSignal.any([timeout, stop]) : timeout,
  });
  try {
    const response = await options.fetch(request);
    await response.body?.cancel();
    return {
      status: response.status,
      isAcknowledged: response.ok,
      failure: `HTTP ${response.status}`,
    };
  } catch (thrown) {
    const failure = thrown instanceof Error ? thrown.message : String(thrown);
    return { status: undefined, isAcknowledged: false, failure };
  }
}

function signatureHeader(payload: string, { secret, now }: DeliveryOptions): string {
  const timestamp = Math.floor(now().getTime() / 1000);
  const secrets = typeof secret === "string" ? [secret] : secret;
  const headers = secrets.map((one) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret: one, timestamp }),
  );
  // The package makes one header a secret; Stripe sends one t and a v1 for each.
  const signatures = headers.map((header) => header.slice(header.indexOf(",") + 1));
  return [`t=${timestamp}`, ...signatures].join(",");
}
