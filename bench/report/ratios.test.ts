import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineName } from "../engines/engines.ts";
import type { Measured } from "../engines/measure-engine.ts";
import type { Growth } from "../growth/measure-growth.ts";
import type { Findings } from "../run-bench.ts";
import { ratiosOf } from "./ratios.ts";

const nothing: Findings = { bursts: [], trickles: [], doors: [], growth: [], complaints: [] };

function measured(engine: EngineName, more: Partial<Measured> = {}): Measured {
  return {
    engine,
    orders: 100,
    ordersPerSecond: 100,
    cpuMsPerOrder: { node: 1, postgres: 0.5 },
    latencyMs: { p50: 1450, p90: 1500, max: 1600 },
    acceptMs: { p50: 1, p99: 2 },
    rssMb: 100,
    startMs: 1000,
    duplicates: 0,
    ...more,
  };
}

function grown(orders: number, groups: Growth["groups"]): Growth {
  return { orders, groups, looks: [], burst: measured("ordna-postgres"), fillSeconds: 1 };
}

test("what was not measured is null, and every promised name is there", () => {
  const none = { redis: null, postgres: null, embedded: null };
  assert.deepEqual(ratiosOf(nothing), {
    vs_usual: none,
    vs_usual_same_client: null,
    vs_dbos: null,
    vs_restate: null,
    cpu_ms_per_order: {},
    latency_vs_critical_path: null,
    webhook_vs_next: none,
    webhook_p99_vs_next: none,
    growth_1m_vs_10k: null,
  });
});

test("a round that a neighbour spoilt for both is no reason to change their ratio", () => {
  const round = (ordna: number, usual: number) => [
    measured("ordna-redis", { ordersPerSecond: ordna }),
    measured("usual", { ordersPerSecond: usual }),
  ];
  const { vs_usual } = ratiosOf({
    ...nothing,
    bursts: [round(200, 100), round(60, 30), round(300, 100)],
  });
  assert.equal(vs_usual.redis, 2);
});

test("an engine that failed in one round is judged by the rounds in which it ran", () => {
  const bursts = [
    [measured("usual")],
    [measured("usual"), measured("ordna-embedded", { ordersPerSecond: 150 })],
  ];
  const { vs_usual, cpu_ms_per_order } = ratiosOf({ ...nothing, bursts });
  assert.equal(vs_usual.embedded, 1.5);
  assert.deepEqual(cpu_ms_per_order, { usual: 1.5, "ordna-embedded": 1.5 });
});

test("latency is the slowest Ordna's, and growth is the worst of claims, sweeps and lists", () => {
  const slow = { latencyMs: { p50: 1595, p90: 1600, max: 1700 } };
  const ratios = ratiosOf({
    ...nothing,
    trickles: [[measured("ordna-redis"), measured("ordna-embedded", slow), measured("dbos", slow)]],
    growth: [
      grown(10_000, { claims: 2, sweeps: 1, lists: 10 }),
      grown(100_000, { claims: 2, sweeps: 1, lists: 11 }),
      grown(1_000_000, { claims: 2.2, sweeps: 1, lists: 15 }),
    ],
  });
  assert.equal(ratios.latency_vs_critical_path, 1.1);
  assert.equal(ratios.growth_1m_vs_10k, 1.5);
});
