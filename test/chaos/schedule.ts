// Everything that will go wrong in a run, drawn up front: the same seed, the same schedule.
import { seededRandom } from "../simulation/seeded-random.ts";
import { type Chance, chance } from "./chance.ts";
import { ordersOf, type PlannedOrder } from "./planned-orders.ts";
import {
  type Backend,
  changed,
  lookFirst,
  type Mischief,
  type MischiefKind,
  type Strike,
  type StrikeKind,
} from "./strikes.ts";

export interface Schedule {
  readonly backend: Backend;
  readonly seed: number;
  /** When everything is healed, if enough went wrong by then; what is planned after it is for that case. */
  readonly endsAtMs: number;
  readonly orders: readonly PlannedOrder[];
  readonly strikes: readonly Strike[];
  readonly mischiefs: readonly Mischief[];
}

export interface ScheduleWish {
  readonly backend: Backend;
  readonly seed: number;
  readonly orders: number;
  /** What this machine cannot do. */
  readonly without?: ReadonlySet<StrikeKind>;
}

export function scheduleOf({ backend, seed, orders, without }: ScheduleWish): Schedule {
  // Airtable alone allows two orders a second; a second for each keeps every provider busy and none swamped.
  const endsAtMs = 15_000 + orders * 1_000;
  const drawn = (part: number) => chance(seededRandom(seed * 8 + part));
  return {
    backend,
    seed,
    endsAtMs,
    orders: ordersOf(drawn(0), seed, orders, endsAtMs * 0.8),
    strikes: strikesOf(drawn(1), backend, endsAtMs * longest, without ?? new Set()),
    mischiefs: mischiefsOf(drawn(2), endsAtMs * longest),
  };
}

export function processesOf(backend: Backend): readonly string[] {
  return backend === "embedded"
    ? ["serve"]
    : ["web-1", "web-2", "worker-1", "worker-2", "worker-3"];
}

const forDatabase: readonly StrikeKind[] = [
  "database-crash",
  "database-sessions",
  "database-cut",
  "database-stall",
];
const forRedis: readonly StrikeKind[] = [
  "redis-crash",
  "redis-flush",
  "redis-pause",
  "redis-cut",
  "redis-stall",
];

/** On a busy machine fewer requests pass, so fewer are treated badly: such a run may last this much longer. */
const longest = 4;

/** A deck is dealt to its end before it is shuffled anew: every kind strikes. */
function deckOf(backend: Backend): readonly StrikeKind[] {
  const always: StrikeKind[] = ["kill", "kill", "freeze", "stop", "clock"];
  const providers: StrikeKind[] = ["provider-cut", "provider-hole"];
  if (backend === "embedded") return [...always, ...providers, "disk-full"];
  const servers = backend === "redis" ? [...forDatabase, ...forRedis] : forDatabase;
  return [...always, "kill", "redeploy", ...providers, ...servers];
}

function strikesOf(
  draw: Chance,
  backend: Backend,
  endsAtMs: number,
  without: ReadonlySet<StrikeKind>,
): Strike[] {
  const kinds = deckOf(backend).filter((kind) => !without.has(kind));
  const strikes: Strike[] = [];
  const busyUntil = new Map<string, number>();
  let deck: StrikeKind[] = [];
  for (let atMs = 3_000; atMs < endsAtMs; atMs += draw.between(3_000, 6_000)) {
    if (deck.length === 0) deck = draw.shuffled(kinds);
    const kind = deck.pop();
    if (!kind) break;
    const strike = strikeOf(draw, kind, atMs, backend);
    if ((busyUntil.get(strike.target) ?? 0) > atMs) continue;
    busyUntil.set(strike.target, atMs + (strike.forMs ?? 0) + 1_000);
    strikes.push(strike);
  }
  return strikes;
}

function strikeOf(draw: Chance, kind: StrikeKind, atMs: number, backend: Backend): Strike {
  const [from, to] = durations[kind] ?? [];
  const forMs = from === undefined || to === undefined ? {} : { forMs: draw.between(from, to) };
  const target = targetOf(draw, kind, backend);
  // The embedded database has the clock of its process: what is due waits until a clock that went ahead is true again.
  const mostSkewMs = backend === "embedded" ? 15_000 : 90_000;
  if (kind !== "clock") return { atMs, kind, target, ...forMs };
  return { atMs, kind, target, ...forMs, skewMs: draw.between(5_000, mostSkewMs) * draw.sign() };
}

const durations: Partial<Record<StrikeKind, readonly [number, number]>> = {
  // A lease is the deadline of five seconds and ten more.
  freeze: [16_000, 19_000],
  clock: [5_000, 20_000],
  "disk-full": [2_000, 6_000],
  "database-cut": [1_000, 4_000],
  "database-stall": [2_000, 9_000],
  "redis-pause": [1_000, 5_000],
  "redis-cut": [1_000, 4_000],
  "redis-stall": [2_000, 9_000],
  "provider-cut": [1_000, 4_000],
  "provider-hole": [3_000, 7_000],
};

function targetOf(draw: Chance, kind: StrikeKind, backend: Backend): string {
  if (kind === "redeploy") return "all";
  if (kind === "disk-full") return "disk";
  if (kind.startsWith("database-")) return "database";
  if (kind.startsWith("redis-")) return "redis";
  if (kind.startsWith("provider-")) return draw.one([...changed, "stripe"]);
  return draw.one(processesOf(backend));
}

const forChanges: readonly MischiefKind[] = [
  "refuse-connection",
  "slow-down",
  "unavailable",
  "lose-answer",
  "lose-answer",
  "fail-after-work",
  "garble-answer",
  "reshape-answer",
  "late-effect",
  "late-effect",
];
const forLooks: readonly MischiefKind[] = [
  "refuse-connection",
  "slow-down",
  "unavailable",
  "garble-answer",
];

function mischiefsOf(draw: Chance, endsAtMs: number): Mischief[] {
  const mischiefs: Mischief[] = [];
  for (let atMs = 500; atMs < endsAtMs; atMs += draw.between(400, 1_600)) {
    mischiefs.push(mischiefOf(draw, atMs));
  }
  return mischiefs;
}

function mischiefOf(draw: Chance, atMs: number): Mischief {
  const times = draw.between(1, 3);
  const dice = draw.between(1, 10);
  if (dice === 1) {
    return { atMs, kind: draw.one(forLooks), provider: "stripe", hits: "looks", times };
  }
  if (dice <= 3) {
    const kind = draw.one([...forLooks, "stale-look", "stale-look"] as const);
    return { atMs, kind, provider: draw.one(lookFirst), hits: "looks", times };
  }
  return { atMs, kind: draw.one(forChanges), provider: draw.one(changed), hits: "changes", times };
}
