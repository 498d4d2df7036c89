import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Breaker, healthy, hear, probing, type Signal } from "./breaker.ts";

const good: Signal = { kind: "good" };
const why = { cause: "provider.outage", message: "503", isRefusal: false };
const bad: Signal = { kind: "bad", why, probeInMs: 40_000 };
const refused: Signal = { kind: "bad", why: { ...why, isRefusal: true }, probeInMs: 400_000 };

/** Each signal a second after the one before. */
const after = (signals: readonly Signal[], from: Breaker = healthy) =>
  signals.reduce((breaker, signal, i) => hear(breaker, signal, 0, 1000 * (i + 1)), from);
const times = (count: number, signal: Signal) => Array<Signal>(count).fill(signal);

test("five bad calls in a row are an outage, four are not, and one good call begins anew", () => {
  assert.equal(after(times(4, bad)).state, "closed");
  const { state, openedAt, probeAt, outages } = after(times(5, bad));
  assert.deepEqual([state, openedAt, probeAt, outages], ["open", 5000, 45_000, 1]);
  assert.equal(after([...times(4, bad), good, ...times(4, bad)]).state, "closed");
});

test("more bad than good among twenty calls of a minute are an outage, although some succeed", () => {
  const mixed = Array.from({ length: 24 }, (_, i) => (i % 5 < 2 ? good : bad));
  assert.equal(after(mixed).state, "open");
  const slowly = mixed.reduce((b, signal, i) => hear(b, signal, 0, 10_000 * i), healthy);
  assert.equal(slowly.state, "closed", "spread over four minutes they are not");
});

test("good calls that were counted elsewhere count", () => {
  const b = times(4, bad).reduce((b, signal, i) => hear(b, signal, 0, 1000 * i), healthy);
  assert.equal(hear(b, bad, 1, 5000).state, "closed");
  assert.equal(hear(b, bad, 0, 5000).state, "open");
});

test("a refused key is an outage at once, and known for what it is when it shows later", () => {
  assert.equal(hear(healthy, refused, 5, 1000).state, "open");
  const open = after(times(5, bad));
  assert.equal(hear(open, refused, 0, 6000).why?.isRefusal, true);
});

test("what began before the outage says nothing about its end; one good try ends it", () => {
  const open = after(times(5, bad));
  assert.equal(hear(open, good, 3, 6000).state, "open");
  const trying = probing(open, 40_000, 50_000);
  assert.deepEqual([trying.state, trying.probeAt], ["half-open", 90_000]);
  assert.equal(hear(trying, bad, 0, 51_000).state, "open");
  assert.equal(hear(trying, bad, 0, 51_000).probeAt, 91_000);
  const asked = hear(trying, { kind: "throttled", holdMs: 30_000 }, 0, 51_000);
  assert.deepEqual([asked.state, asked.probeAt], ["open", 81_000]);
  const closed = hear(trying, good, 0, 51_000);
  assert.deepEqual([closed.state, closed.failures, closed.closedAt], ["closed", 0, 51_000]);
  assert.equal(closed.openedAt, 5000, "how long it lasted can be told");
});

test("whatever is heard, it opens only after bad calls, and never closes but by a good try", () => {
  const signal = fc.constantFrom<Signal>(good, bad, refused, { kind: "throttled", holdMs: 1000 });
  const step = fc.record({ signal, goodBefore: fc.nat(3), isProbe: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let breaker = healthy;
      steps.forEach(({ signal, goodBefore, isProbe }, i) => {
        const now = 1000 * i;
        const isDue = breaker.state !== "closed" && breaker.probeAt <= now;
        const before = isProbe && isDue ? probing(breaker, 40_000, now) : breaker;
        breaker = hear(before, signal, goodBefore, now);
        if (before.state === "closed" && breaker.state !== "closed") {
          assert.equal(signal.kind, "bad");
          assert.equal(breaker.outages, before.outages + 1);
        }
        if (before.state !== "closed" && breaker.state === "closed") {
          assert.deepEqual([before.state, signal.kind], ["half-open", "good"]);
        }
        if (breaker.state !== "closed") assert.ok(breaker.openedAt !== undefined && breaker.why);
      });
    }),
  );
});
