import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Connection } from "../connector-kit/action.ts";
import { type HeldClock, heldClock } from "./held-clock.ts";
import { type Permits, permits } from "./permits.ts";
import { officeConnection } from "./sample-office.ts";

const office = (limits: Connection["limits"], account = "office:1"): Connection => ({
  ...officeConnection,
  account,
  limits,
});

interface Visit {
  readonly id: number;
  readonly from: number;
  until: number;
}

/** Somebody who wants in now and stays for `ms`. */
async function visit(
  { clock, gate, visits }: { clock: HeldClock; gate: Permits; visits: Visit[] },
  connection: Connection,
  id: number,
  ms: number,
  exclusive?: string,
): Promise<void> {
  const leave = await gate.acquire(connection, exclusive);
  const stay: Visit = { id, from: clock.monotonicMs(), until: Infinity };
  visits.push(stay);
  await clock.sleep(ms);
  stay.until = clock.monotonicMs();
  leave();
}

function aHouse() {
  const clock = heldClock();
  return { clock, gate: permits(clock), visits: [] as Visit[] };
}

const insideAt = (visits: readonly Visit[], at: number) =>
  visits.filter(({ from, until }) => from <= at && at < until).length;

test("an account is never used by more at once, nor more often in any second, than it bears", async () => {
  const visitors = fc.array(fc.record({ comesMs: fc.nat(3000), staysMs: fc.nat(1500) }), {
    minLength: 1,
    maxLength: 25,
  });
  const limits = fc.record(
    { concurrent: fc.integer({ min: 1, max: 4 }), perSecond: fc.integer({ min: 1, max: 5 }) },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(visitors, limits, async (wanted, limit) => {
      const house = aHouse();
      const all = wanted.map(async ({ comesMs, staysMs }, id) => {
        await house.clock.sleep(comesMs);
        await visit(house, office(limit), id, staysMs);
      });
      await house.clock.advance(100_000);
      await Promise.all(all);
      const { visits } = house;
      assert.equal(visits.length, wanted.length);
      for (const { from } of visits) {
        assert.ok(insideAt(visits, from) <= (limit.concurrent ?? Infinity), "too many at once");
        const inTheNextSecond = visits.filter((v) => v.from >= from && v.from < from + 1000);
        assert.ok(inTheNextSecond.length <= (limit.perSecond ?? Infinity), "too many a second");
      }
    }),
    { numRuns: 60 },
  );
});

test("who comes first is served first", async () => {
  const house = aHouse();
  const connection = office({ concurrent: 2, perSecond: 3 });
  const all = Array.from({ length: 12 }, (_, id) => visit(house, connection, id, 100));
  await house.clock.advance(60_000);
  await Promise.all(all);
  assert.deepEqual(
    house.visits.map(({ id }) => id),
    Array.from({ length: 12 }, (_, id) => id),
  );
});

test("room that came free is used at once, and without limits nobody waits", async () => {
  const house = aHouse();
  const all = [1, 2, 3].map((id) => visit(house, office({ concurrent: 1 }), id, 10));
  const free = [4, 5, 6].map((id) => visit(house, office({}, "office:2"), id, 10));
  await house.clock.advance(1000);
  await Promise.all([...all, ...free]);
  const starts = new Map(house.visits.map(({ id, from }) => [id, from]));
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((id) => starts.get(id)),
    [0, 10, 20, 0, 0, 0],
  );
});

test("what must not meet takes turns, even where the account bears many at once", async () => {
  const house = aHouse();
  const connection = office({ concurrent: 10 });
  const all = [
    ...[1, 2, 3].map((id) => visit(house, connection, id, 100, "customer-7")),
    ...[4, 5].map((id) => visit(house, connection, id, 100, "customer-8")),
    visit(house, connection, 6, 100),
  ];
  await house.clock.advance(10_000);
  await Promise.all(all);
  const starts = new Map(house.visits.map(({ id, from }) => [id, from]));
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((id) => starts.get(id)),
    [0, 100, 200, 0, 100, 0],
  );
});

test("who waits for a twin does not hold the account's turn meanwhile", async () => {
  const house = aHouse();
  const connection = office({ concurrent: 2 });
  const all = [
    visit(house, connection, 1, 100, "customer-7"),
    visit(house, connection, 2, 100, "customer-7"),
    visit(house, connection, 3, 100),
  ];
  await house.clock.advance(10_000);
  await Promise.all(all);
  assert.equal(house.visits.find(({ id }) => id === 3)?.from, 0);
});

test("when the provider asks to wait nobody is let in meanwhile, and all who waited come in after", async () => {
  const house = aHouse();
  const connection = office({ perSecond: 10 });
  const first = visit(house, connection, 1, 10);
  await house.clock.advance(100);
  house.gate.hold("office:1", 5000);
  house.gate.hold("office:1", 1000);
  house.gate.hold("office:nobody", 99_000);
  const second = visit(house, connection, 2, 10);
  await house.clock.advance(4999);
  assert.deepEqual(
    house.visits.map(({ id }) => id),
    [1],
    "a shorter wish does not undercut the longer one",
  );
  await house.clock.advance(1);
  await house.clock.advance(10);
  await Promise.all([first, second]);
  assert.deepEqual(
    house.visits.map(({ from }) => from),
    [0, 5100],
  );
});

test("a hold that comes while somebody waits for their turn holds them, too", async () => {
  const house = aHouse();
  const connection = office({ perSecond: 1 });
  const all = [1, 2].map((id) => visit(house, connection, id, 10));
  await house.clock.advance(500);
  house.gate.hold("office:1", 3000);
  await house.clock.advance(10_000);
  await Promise.all(all);
  assert.deepEqual(
    house.visits.map(({ from }) => from),
    [0, 3500],
  );
});

test("leaving twice frees one place only", async () => {
  const house = aHouse();
  const connection = office({ concurrent: 1 });
  const leave = await house.gate.acquire(connection, undefined);
  leave();
  leave();
  const all = [1, 2].map((id) => visit(house, connection, id, 100));
  await house.clock.advance(1000);
  await Promise.all(all);
  assert.deepEqual(
    house.visits.map(({ from }) => from),
    [0, 100],
  );
});
