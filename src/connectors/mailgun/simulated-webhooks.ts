// What Mailgun still has to tell of its messages, each signed once, and what became of the telling. It outlives a kill.
import { randomBytes } from "node:crypto";
import type { Collection } from "../../connector-kit/simulator.ts";
import type { MessageEvent } from "./simulated-story.ts";

export interface Webhook {
  readonly id: string;
  readonly eventData: MessageEvent;
  /** Seconds since the epoch, and 50 characters: what is signed. */
  readonly timestamp: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly state: "waiting" | "taken" | "refused" | "given up";
}

export interface WebhookQueue {
  /** Announces what happens to a message, told in the given order. */
  add(events: readonly MessageEvent[], how: { isTwice: boolean; isBackwards: boolean }): void;
  /** Earliest first. */
  due(now: number): readonly Webhook[];
  set(webhook: Webhook): void;
  all(): readonly Webhook[];
}

export function webhookQueue(kept: Collection<Webhook>): WebhookQueue {
  return {
    add(events, { isTwice, isBackwards }) {
      const times = events.map(({ timestamp }) => timestamp);
      if (isBackwards) times.reverse();
      for (const [index, eventData] of events.entries()) {
        for (const copy of isTwice ? ["", "-again"] : [""]) {
          const id = `${eventData.id}${copy}`;
          const at = times[index] ?? eventData.timestamp;
          kept.set(id, {
            id,
            eventData,
            timestamp: String(Math.floor(at)),
            token: randomBytes(25).toString("hex"),
            dueAt: at * 1000,
            attempts: 0,
            state: "waiting",
          });
        }
      }
    },
    due: (now) =>
      kept
        .values()
        .filter(({ state, dueAt }) => state === "waiting" && dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt),
    set: (webhook) => kept.set(webhook.id, webhook),
    all: () => kept.values(),
  };
}
