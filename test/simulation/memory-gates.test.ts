// The turns at a gate, with visitors that come, wait in line, stay and vanish in virtual time.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Signal } from "../../src/gate/breaker.ts";
import { type Limits, slotMs } from "../../src/gate/gate.ts";
import type { Gates, Pass } from "../../src/ledger/gates/gates.ts";
import { memoryGates } from "./memory-gates.ts";
import { type MemoryTables, memoryTables } from "./memory-tables.ts";
import { VirtualTime } from "./virtual-time.ts";

interface Visitor {
  readonly id: number;
  readonly comesMs: number;
  readonly staysMs: number;
  readonly exclusive?: string;
  /** Never leaves, and never says so. */
  readonly vanishes?: boolean;
}

interface Stay {
  readonly id: number;
  readonly from: number;
  readonly until: number;
  readonly exclusive: string | undefined;
}

const account = "office:1";
const placeMs = 20_000;

/** Whoever is woken comes again; the keeper looks after the line when it is due. */
class House {
  readonly time = new VirtualTime();
  readonly tables: MemoryTables = memoryTables({ nowMs: () => this.time.now }, () => 0.5);
  readonly gates: Gates = memoryGates(this.tables);
  readonly stays: Stay[] = [];
  readonly limits: Limits;
  readonly waiting = new Map<string, Visitor>();
  /** Who does not come when called. */
  readonly gone = new Set<string>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  comes(visitor: Visitor): void {
    this.time.after(visitor.comesMs, () => void this.tries(visitor));
  }

  async tries(visitor: Visitor): Promise<void> {
    const subject = `visitor/${visitor.id}`;
    const entry = await this.gates.enter({
      ...{ account, limits: this.limits, holder: subject, subject, visit: `visit ${visitor.id}` },
      ...{ exclusive: visitor.exclusive, staysMs: placeMs, probeInMs: 40_000 },
    });
    if (entry.kind === "in") this.isIn(visitor, entry.pass);
    else this.waiting.set(subject, visitor);
  }

  isIn({ id, staysMs, exclusive, vanishes }: Visitor, pass: Pass): void {
    const from = this.time.now;
    this.stays.push({ id, from, until: from + (vanishes ? placeMs : staysMs), exclusive });
    if (!vanishes) this.time.after(staysMs, () => void this.gates.leave(pass, { kind: "good" }));
  }

  /** What a queue does, every millisecond. */
  async live(ms: number): Promise<void> {
    const look = () => {
      for (const [subject, row] of this.tables.due) {
        if (row.dueAt > this.time.now) continue;
        const visitor = this.waiting.get(subject);
        // One that is woken before it knows that it waits is woken a moment later.
        if (!visitor && subject.startsWith("visitor/") && !this.gone.has(subject)) continue;
        this.tables.due.delete(subject);
        this.waiting.delete(subject);
        if (this.gone.has(subject)) continue;
        // One turn at a time, as with a database.
        this.time.after(0, () => void (visitor ? this.tries(visitor) : this.tends()));
      }
      this.time.after(1, look);
    };
    if (this.time.now === 0) look();
    await this.time.run(this.time.now + ms);
  }

  /** Until so many were in, or each could have waited for all others to vanish. */
  async liveUntil(visitors: number): Promise<void> {
    const end = visitors * (placeMs + 2000) + 10_000;
    while (this.stays.length < visitors && this.time.now < end) await this.live(500);
  }

  async tends(): Promise<void> {
    const { lookAgainInMs } = await this.gates.tend(account, this.limits);
    const dueAt = this.time.now + (lookAgainInMs ?? 0);
    const subject = `account/${account}`;
    if (lookAgainInMs !== undefined) this.tables.due.set(subject, { subject, dueAt, wakes: 0 });
  }
}

const insideAt = (stays: readonly Stay[], at: number) =>
  stays.filter(({ from, until }) => from <= at && at < until);

const anyLimits = fc.record(
  { concurrent: fc.integer({ min: 1, max: 4 }), perSecond: fc.integer({ min: 1, max: 5 }) },
  { requiredKeys: [] },
);
const anyVisitor = fc.record({
  comesMs: fc.nat(3000),
  staysMs: fc.integer({ min: 1, max: 1500 }),
  exclusive: fc.option(fc.constantFrom("a", "b"), { nil: undefined, freq: 2 }),
  vanishes: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

test("an account is never used by more at once, nor more often in any second, than it bears, and everybody gets in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyVisitor, { minLength: 1, maxLength: 20 }),
      anyLimits,
      async (visitors, limits) => {
        const house = new House(limits);
        visitors.forEach((visitor, id) => {
          const { exclusive, ...rest } = visitor;
          house.comes({ ...rest, id, ...(exclusive === undefined ? {} : { exclusive }) });
        });
        await house.liveUntil(visitors.length);
        const { stays } = house;
        assert.equal(stays.length, visitors.length, "somebody never got in");
        for (const { from } of stays) {
          const inside = insideAt(stays, from);
          assert.ok(inside.length <= (limits.concurrent ?? Infinity), "too many at once");
          const twins = inside.flatMap(({ exclusive }) => exclusive ?? []);
          assert.equal(new Set(twins).size, twins.length, "twins met");
          // Although a call may begin so much later than it was let in.
          const end = from + 1000 + slotMs;
          const near = stays.filter((stay) => stay.from >= from && stay.from < end);
          assert.ok(near.length <= (limits.perSecond ?? Infinity), "too many a second");
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("who comes first is served first", async () => {
  const house = new House({ concurrent: 2, perSecond: 3 });
  for (let id = 0; id < 12; id++) house.comes({ id, comesMs: id, staysMs: 100 });
  await house.live(20_000);
  assert.deepEqual(
    house.stays.map(({ id }) => id),
    Array.from({ length: 12 }, (_, id) => id),
  );
});

test("who waits for a twin does not hold up those behind it", async () => {
  const house = new House({ concurrent: 3 });
  house.comes({ id: 0, comesMs: 0, staysMs: 5000, exclusive: "customer" });
  house.comes({ id: 1, comesMs: 1, staysMs: 100, exclusive: "customer" });
  house.comes({ id: 2, comesMs: 2, staysMs: 100 });
  await house.live(10_000);
  const at = new Map(house.stays.map(({ id, from }) => [id, from]));
  assert.ok((at.get(2) ?? Infinity) < 10, `it came in at ${at.get(2)}`);
  const second = at.get(1) ?? Infinity;
  assert.ok(second >= 5000 && second < 5100, `the twin came in at ${second}`);
});

test("who vanished does not keep its place for ever, nor who was called and did not come", async () => {
  const house = new House({ concurrent: 1 });
  house.comes({ id: 0, comesMs: 0, staysMs: 1, vanishes: true });
  house.comes({ id: 1, comesMs: 1, staysMs: 100 });
  house.comes({ id: 2, comesMs: 2, staysMs: 100 });
  await house.live(1000);
  house.gone.add("visitor/1");
  await house.live(40_000);
  assert.deepEqual(
    house.stays.map(({ id }) => id),
    [0, 2],
  );
});

test("nobody comes in while the provider asks everybody to wait", async () => {
  const house = new House({});
  await house.gates.hear(account, {}, { kind: "throttled", holdMs: 30_000 });
  assert.equal(await house.gates.isMinded(account), true);
  for (let id = 0; id < 3; id++) house.comes({ id, comesMs: id, staysMs: 10 });
  await house.live(29_000);
  assert.equal(house.stays.length, 0);
  await house.live(6000);
  assert.equal(house.stays.length, 3);
});

test("after an outage the calls grow by a tenth of the limit a second", async () => {
  const house = new House({ perSecond: 10 });
  const bad: Signal = {
    kind: "bad",
    why: { cause: "provider.outage", message: "503", isRefusal: false },
    probeInMs: 1000,
  };
  for (let i = 0; i < 5; i++) await house.gates.hear(account, house.limits, bad);
  for (let id = 0; id < 120; id++) house.comes({ id, comesMs: 0, staysMs: 1 });
  await house.live(40_000);
  assert.equal(house.stays.length, 120);
  const begun = house.stays[0]?.from ?? 0;
  const within = (from: number, until: number) =>
    house.stays.filter((stay) => stay.from >= begun + from && stay.from < begun + until).length;
  assert.ok(within(0, 2000) <= 4, `${within(0, 2000)} in the first two seconds`);
  assert.ok(within(0, 5000) <= 16, `${within(0, 5000)} in the first five`);
  assert.ok(within(10_000, 13_000) >= 20, `${within(10_000, 13_000)} when it is well again`);
});
