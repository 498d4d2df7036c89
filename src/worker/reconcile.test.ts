import assert from "node:assert/strict";
import { test } from "node:test";
import { plannedLooks, setBack } from "./reconcile.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

test("a look overlaps the last one by an hour, once a day by three days, and never what was before Ordna", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  const looks = (begunAgo: number, eventsAgo: number, objectsAgo: number) =>
    plannedLooks(
      { begunAt: now - begunAgo, eventsUntil: now - eventsAgo, objectsUntil: now - objectsAgo },
      now,
    ).map(({ by, from, until }) => [by, (+now - +from) / hourMs, (+now - +until) / hourMs]);
  const grace = 5 / 60;
  assert.deepEqual(looks(90 * dayMs, hourMs, hourMs), [["events", 2, grace]]);
  assert.deepEqual(looks(1.5 * hourMs, hourMs, hourMs), [["events", 1.5, grace]]);
  assert.deepEqual(looks(minuteMs, minuteMs, minuteMs), []);
  const daily = looks(90 * dayMs, hourMs, 25 * hourMs);
  assert.deepEqual([daily[0]?.[0], daily[0]?.[1]], ["events", 73]);
  assert.deepEqual(daily.find(([by]) => by === "objects")?.[1], 97);
  assert.ok(daily.every(([, from, until]) => Number(from) - Number(until) <= 24));
  // A clock that was set back: nothing is skipped when it is right again.
  assert.deepEqual(looks(90 * dayMs, -2 * hourMs, -2 * hourMs), [["events", 1 + grace, grace]]);
});

test("after a restore both lists are looked through since then, up to this moment, until that has been done", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  const kept = { begunAt: now - 90 * dayMs, eventsUntil: now - hourMs, objectsUntil: now - hourMs };
  const restored = { at: new Date(now - minuteMs), since: new Date(now - 12 * hourMs) };
  const memory = setBack(kept, restored);
  const looks = plannedLooks(memory, now);
  for (const list of ["events", "objects"]) {
    const of = looks.filter(({ by }) => by === list);
    assert.equal((now - Number(of[0]?.from)) / hourMs, 12 + 72, list);
    assert.equal(Number(of.at(-1)?.until), now, `${list}: no webhook comes again`);
  }
  const events = { ...memory, eventsUntil: now };
  assert.ok(
    plannedLooks(events, now).some(({ by }) => by === "objects"),
    "half is not done",
  );
  const done = { ...events, objectsUntil: now };
  assert.deepEqual(setBack(done, restored), done, "once for each restore");
  assert.deepEqual(
    plannedLooks(done, now + 10 * minuteMs),
    plannedLooks({ ...kept, ...done, restoredAt: 0 }, now + 10 * minuteMs),
  );
  const again = { at: new Date(now + hourMs), since: restored.since };
  assert.equal(setBack(done, again).objectsUntil, Number(restored.since));
});
