import assert from "node:assert/strict";
import { test } from "node:test";
import { processesOf, scheduleOf } from "./schedule.ts";
import { type Backend, backends, type StrikeKind, strikeKinds } from "./strikes.ts";

const draw = (backend: Backend, seed: number, orders = 60) => scheduleOf({ backend, seed, orders });
const kindsOf = (backend: Backend, seed: number) =>
  new Set(draw(backend, seed).strikes.map(({ kind }) => kind));

test("the same seed draws the same schedule, another one another", () => {
  for (const backend of backends) {
    assert.deepEqual(draw(backend, 7), draw(backend, 7));
    assert.notDeepEqual(draw(backend, 7).strikes, draw(backend, 8).strikes);
    assert.notDeepEqual(draw(backend, 7).mischiefs, draw(backend, 8).mischiefs);
    assert.notDeepEqual(
      draw(backend, 7).orders.map(({ shopper, kind }) => [shopper, kind]),
      draw(backend, 8).orders.map(({ shopper, kind }) => [shopper, kind]),
    );
  }
});

test("everything that a backend knows strikes sooner or later, and nothing that it does not have", () => {
  const seen = (backend: Backend) =>
    new Set([1, 2, 3, 4, 5].flatMap((seed) => [...kindsOf(backend, seed)]));
  const all = Object.keys(strikeKinds).filter((word): word is StrikeKind =>
    Object.hasOwn(strikeKinds, word),
  );
  const without = (...prefixes: string[]) =>
    all.filter((kind) => !prefixes.some((prefix) => kind.startsWith(prefix))).sort();
  assert.deepEqual([...seen("redis")].sort(), without("disk"));
  assert.deepEqual([...seen("postgres")].sort(), without("disk", "redis"));
  assert.deepEqual([...seen("embedded")].sort(), without("database", "redis", "redeploy"));
});

test("what this machine cannot do is not planned", () => {
  const without = new Set(["disk-full"] as const);
  for (const seed of [1, 2, 3]) {
    const { strikes } = scheduleOf({ backend: "embedded", seed, orders: 60, without });
    assert.ok(strikes.length > 10);
    assert.ok(strikes.every(({ kind }) => kind !== "disk-full"));
  }
});

test("no target is struck while an earlier blow still lasts, and a process is frozen longer than a lease", () => {
  for (const backend of backends) {
    for (const seed of [1, 2, 3, 4]) {
      const until = new Map<string, number>();
      for (const { atMs, target, kind, forMs = 0 } of draw(backend, seed, 200).strikes) {
        assert.ok(atMs >= (until.get(target) ?? 0), `${kind} ${target} at ${atMs}`);
        until.set(target, atMs + forMs);
        if (kind === "freeze") assert.ok(forMs > 15_000);
        if (["kill", "freeze", "stop", "clock"].includes(kind)) {
          assert.ok(processesOf(backend).includes(target), target);
        }
      }
    }
  }
});

test("there are as many orders as asked for, all of them paid before the end", () => {
  for (const count of [1, 20, 500]) {
    const { orders, endsAtMs } = draw("postgres", 3, count);
    assert.equal(new Set(orders.map(({ id }) => id)).size, count);
    assert.ok(orders.every(({ atMs }) => atMs < endsAtMs));
  }
});
