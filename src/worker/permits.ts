// How many calls a provider account bears at once and each second. First come, first served.
import type { Connection } from "../connector-kit/action.ts";
import type { Clock } from "./clock.ts";

export interface Permits {
  /** Resolves when it is this caller's turn; call the result when the attempt is over. */
  acquire(connection: Connection, exclusive: string | undefined): Promise<() => void>;
  /** The provider asked everybody to wait: nobody is let in for so long. */
  hold(account: string, ms: number): void;
}

export function permits(clock: Pick<Clock, "monotonicMs" | "sleep">): Permits {
  const gates = new Map<string, Gate>();
  const gate = (name: string, limits: Connection["limits"]) => {
    const known = gates.get(name);
    if (known) return known;
    const made = new Gate(limits, clock);
    gates.set(name, made);
    return made;
  };
  return {
    async acquire(connection, exclusive) {
      const account = gate(connection.account, connection.limits);
      if (exclusive === undefined) return account.enter();
      // Its own kind first: whoever waits for a twin must not hold the account's turn meanwhile.
      const alone = gate(`alone:${exclusive}`, { concurrent: 1 });
      const leaveAlone = await alone.enter();
      const leaveAccount = await account.enter();
      return () => {
        leaveAccount();
        leaveAlone();
        if (alone.isIdle) gates.delete(`alone:${exclusive}`);
      };
    },
    hold: (account, ms) => gates.get(account)?.hold(ms),
  };
}

class Gate {
  readonly #limits: Connection["limits"];
  readonly #clock: Pick<Clock, "monotonicMs" | "sleep">;
  readonly #waiting: (() => void)[] = [];
  /** When each call of the last second began. */
  #starts: number[] = [];
  #inside = 0;
  #closedUntil = 0;
  #isLetting = false;

  constructor(limits: Connection["limits"], clock: Pick<Clock, "monotonicMs" | "sleep">) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get isIdle(): boolean {
    return this.#inside === 0 && this.#waiting.length === 0;
  }

  hold(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.monotonicMs() + ms);
  }

  enter(): Promise<() => void> {
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        this.#inside += 1;
        let hasLeft = false;
        resolve(() => {
          if (hasLeft) return;
          hasLeft = true;
          this.#inside -= 1;
          void this.#letIn();
        });
      });
      void this.#letIn();
    });
  }

  async #letIn(): Promise<void> {
    if (this.#isLetting) return;
    this.#isLetting = true;
    while (this.#waiting.length > 0 && this.#inside < (this.#limits.concurrent ?? Infinity)) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        await this.#clock.sleep(waitMs);
        continue;
      }
      if (this.#limits.perSecond) this.#starts.push(this.#clock.monotonicMs());
      this.#waiting.shift()?.();
    }
    this.#isLetting = false;
  }

  #waitMs(): number {
    const now = this.#clock.monotonicMs();
    this.#starts = this.#starts.filter((start) => start > now - 1000);
    const { perSecond } = this.#limits;
    const oldest = perSecond && this.#starts.length >= perSecond ? this.#starts[0] : undefined;
    const untilRate = oldest === undefined ? 0 : oldest + 1000 - now;
    return Math.max(this.#closedUntil - now, untilRate);
  }
}
