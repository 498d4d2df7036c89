// Time that jumps from one happening to the next. Promises settle fully between two happenings, so a run is repeatable.

const settled = Promise.resolve();

interface Happening {
  readonly at: number;
  readonly turn: number;
  readonly happen: () => unknown;
}

export class VirtualTime {
  /** Milliseconds since the run began. */
  now = 0;
  happened = 0;
  /** Of everything that happened and when: two runs with the same digest went the same way. */
  digest = 0x811c9dc5;
  readonly #heap: Happening[] = [];
  #turn = 0;
  #isDone = false;

  /**
   * Of two happenings at the same time the one that was planned first comes first. One that returns false set nothing
   * off: the next need not wait for promises to settle.
   */
  at(at: number, happen: () => unknown): void {
    const heap = this.#heap;
    const one = { at: Math.max(at, this.now), turn: this.#turn++, happen };
    let i = heap.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, one)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = one;
  }

  after(ms: number, happen: () => unknown): void {
    this.at(this.now + ms, happen);
  }

  /** Everything that happens until then. */
  run(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stepWhenAtRest = () => process.nextTick(step);
      const step = () => {
        try {
          while (this.#happensQuietly(until)) {
            // What set nothing off is over at once.
          }
        } catch (thrown) {
          reject(thrown);
          return;
        }
        if (this.#isDone) resolve();
        // Ticks run when no microtask is left: everything that this happening set off has come to rest by then.
        // A promise that is settled, as queueMicrotask costs three times as much.
        else void settled.then(stepWhenAtRest);
      };
      process.nextTick(step);
    });
  }

  /** The next happening; false when it set something off, or when there is none until then. */
  #happensQuietly(until: number): boolean {
    const next = this.#heap[0];
    this.#isDone = !next || next.at > until;
    if (!next || this.#isDone) {
      this.now = until;
      return false;
    }
    this.#takeFirst();
    this.now = next.at;
    this.happened += 1;
    this.digest = Math.imul(this.digest ^ Math.floor(next.at * 1000), 0x01000193);
    return next.happen() === false;
  }

  #takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      let child = heap[left];
      if (!child) break;
      const right = heap[left + 1];
      let at = left;
      if (right && isBefore(right, child)) {
        child = right;
        at = left + 1;
      }
      if (isBefore(last, child)) break;
      heap[i] = child;
      i = at;
    }
    heap[i] = last;
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}
