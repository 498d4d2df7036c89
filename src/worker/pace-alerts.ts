// How fast people are told: a few messages as they come, then one for all that waits. Pure.
import type { AlertTraffic } from "../ledger/ledger.ts";

const minuteMs = 60_000;
/** Chats take twenty a minute and people fewer: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const mostInAMinute = 3;
/** So many that wait are told in one message. */
const manyWaiting = 4;

export interface Pace {
  /** Not before so many ms; 0: now. */
  readonly holdMs: number;
  /** Subjects of the alerts that go into one message; empty: one alert, one message. */
  readonly together: readonly string[];
}

export function paceAlerts({ sentAgoMs, waiting }: AlertTraffic): Pace {
  const sent = sentAgoMs.filter((agoMs) => agoMs < minuteMs);
  const oldest = sent[mostInAMinute - 1];
  return {
    holdMs: oldest === undefined ? 0 : Math.ceil(minuteMs - oldest),
    together: waiting.length < manyWaiting ? [] : waiting,
  };
}
