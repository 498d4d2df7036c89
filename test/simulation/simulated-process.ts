// One process of ours: it lives, stands still, dies at any await, and is started again. Nothing of a life outlives it.
import type { Clock } from "../../src/worker/clock.ts";
import type { Faults } from "./faults.ts";
import type { Story } from "./story.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What everything in one run is made of. */
export interface Scene {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly faults: Faults;
  readonly story: Story;
}

/** From one start of a process to its end. */
export interface Life {
  readonly process: string;
  readonly clock: Clock;
  isOver: boolean;
  /** What the process hears: never after its end, and not while it stands still. */
  after(ms: number, hear: () => void): void;
  end(): void;
  /** Called when the life ends. */
  onEnd(ended: () => void): void;
}

const longestPauseMs = 400_000;
const longestDownMs = 30_000;
const epoch = Date.parse("2026-11-23T12:00:00Z");

/** Starts it now, and again after each crash. */
export function startProcess(
  scene: Scene,
  name: string,
  boot: (life: Life) => void,
  believe: (clock: Clock) => Clock = (clock) => clock,
): void {
  const { time, random, faults, story } = scene;
  let standsStillUntil = 0;
  /** By how much its wall clock is off, for ever. */
  const skewMs = (random() - 0.5) * 20_000;
  const start = () => {
    const endings: (() => void)[] = [];
    const frozen: Frozen = { ms: 0, until: -Infinity };
    const hear = (listener: () => void) => {
      if (life.isOver) return;
      if (time.now < standsStillUntil) {
        time.at(standsStillUntil + random(), () => hear(listener));
      } else if (faults.strikes("crash")) {
        story.tell(name, undefined, () => "dies");
        life.end();
        time.after(random() * longestDownMs, start);
      } else if (faults.strikes("pause")) {
        // Most are short: else hardly anybody would be at work.
        standsStillUntil = time.now + random() ** 3 * longestPauseMs;
        const isFrozen = faults.strikes("frozen-clock");
        if (isFrozen) freeze(frozen, time.now, standsStillUntil);
        story.tell(
          name,
          undefined,
          () =>
            `stands still for ${seconds(standsStillUntil - time.now)}${isFrozen ? ", its clock as well" : ""}`,
        );
        time.at(standsStillUntil, () => hear(listener));
      } else {
        listener();
      }
    };
    const life: Life = {
      process: name,
      isOver: false,
      after: (ms, listener) => time.after(ms, () => hear(listener)),
      end() {
        life.isOver = true;
        for (const ended of endings) ended();
      },
      onEnd: (ended) => void endings.push(ended),
      clock: believe(
        lifeClock(time, random, skewMs, frozen, (ms, alarm) => {
          let setAt = frozen.ms;
          const ring = () => {
            if (!alarm.isNeeded) return false;
            const lateMs = frozen.ms - setAt;
            setAt = frozen.ms;
            if (lateMs > 0) time.after(lateMs, ring);
            else hear(alarm.heard);
          };
          time.after(ms, ring);
        }),
      ),
    };
    boot(life);
  };
  start();
}

/** For how long a life's monotonic clock stood still so far, and until when. */
interface Frozen {
  ms: number;
  until: number;
}

function freeze(frozen: Frozen, from: number, until: number): void {
  frozen.ms += until - from;
  frozen.until = until;
}

interface Alarm {
  isNeeded: boolean;
  readonly heard: () => void;
}

/** Monotonic time begins anywhere and is off by up to one in two thousand. */
function lifeClock(
  time: VirtualTime,
  random: () => number,
  skewMs: number,
  frozen: Frozen,
  set: (ms: number, alarm: Alarm) => void,
): Clock {
  const startedAt = time.now - random() * 1e6;
  const rate = 1 + (random() - 0.5) / 1000;
  return {
    now: () => new Date(epoch + time.now + skewMs),
    monotonicMs: () => (time.now - startedAt - frozen.ms) * rate,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const alarm: Alarm = { isNeeded: true, heard: resolve };
        // As real timers do, it rounds up: else a loop could wait for the last billionth for ever.
        set(Math.max(1, Math.ceil(ms)) / rate, alarm);
        signal?.addEventListener(
          "abort",
          () => {
            alarm.isNeeded = false;
            resolve();
          },
          { once: true },
        );
      });
    },
  };
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
