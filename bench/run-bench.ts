// All measurements of one run, in alternating rounds. What fails is told and left out; nothing is measured in its place.
import { engineNames } from "./engines/engines.ts";
import { type Around, type Measured, measureEngine } from "./engines/measure-engine.ts";
import { type Growth, measureGrowth } from "./growth/measure-growth.ts";
import type { Plan } from "./plan.ts";
import { type Progress, progress } from "./progress.ts";
import { doorNames } from "./webhook/doors.ts";
import { type MeasuredDoor, measureDoor } from "./webhook/measure-door.ts";

export const parts = ["burst", "trickle", "doors", "growth"] as const;

export type Part = (typeof parts)[number];

export interface Findings {
  /** By round: 50 letters at the same time, providers that answer at once. */
  readonly bursts: readonly Measured[][];
  /** By round: an order now and then, providers that take their time. */
  readonly trickles: readonly Measured[][];
  readonly doors: readonly MeasuredDoor[][];
  readonly growth: readonly Growth[];
  readonly complaints: readonly string[];
}

/** Three orders at a time would only wait for each other. */
const trickled = engineNames.filter((name) => name !== "usual-c3" && name !== "usual-undici");

export async function runBench(
  around: Around,
  plan: Plan,
  wanted: ReadonlySet<Part>,
): Promise<Findings> {
  const { rounds, histories } = plan;
  const perRound =
    (wanted.has("burst") ? engineNames.length : 0) +
    (wanted.has("trickle") ? trickled.length : 0) +
    (wanted.has("doors") ? doorNames.length : 0);
  const told = progress(perRound * rounds + (wanted.has("growth") ? histories.length : 0));
  const bursts: Measured[][] = [];
  const trickles: Measured[][] = [];
  const doors: MeasuredDoor[][] = [];
  for (let round = 1; round <= rounds; round++) {
    if (wanted.has("burst")) bursts.push(await burstRound(around, plan, told, round));
    if (wanted.has("trickle")) trickles.push(await trickleRound(around, plan, told, round));
    if (wanted.has("doors")) doors.push(await doorRound(around, plan, told, round));
  }
  const growth = wanted.has("growth") ? await growthOf(around, plan, told) : [];
  return { bursts, trickles, doors, growth, complaints: told.complaints };
}

function burstRound(around: Around, plan: Plan, told: Progress, round: number) {
  return each(engineNames, told, `round ${round}, burst`, (engine) =>
    measureEngine(around, {
      engine,
      orders: plan.ordersOf(engine),
      warmUp: plan.warmUp,
      pace: "burst",
      profile: "none",
    }),
  );
}

function trickleRound(around: Around, { trickle }: Plan, told: Progress, round: number) {
  return each(trickled, told, `round ${round}, trickle`, (engine) =>
    measureEngine(around, {
      engine,
      orders: trickle.orders,
      warmUp: trickle.warmUp,
      pace: { everyMs: trickle.everyMs },
      profile: "realistic",
    }),
  );
}

function doorRound(around: Around, { doorWarmUp, doorLap }: Plan, told: Progress, round: number) {
  return each(doorNames, told, `round ${round}, door`, (door) =>
    measureDoor(around, door, doorWarmUp, doorLap),
  );
}

function growthOf(around: Around, { histories }: Plan, told: Progress) {
  return each(histories, told, "a ledger that holds", (orders) => measureGrowth(around, orders));
}

async function each<Name, Result>(
  names: readonly Name[],
  told: Progress,
  what: string,
  measure: (name: Name) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const name of names) {
    const whole = `${what}: ${name}`;
    told.begin(whole);
    try {
      results.push(await measure(name));
    } catch (error) {
      told.complain(whole, error);
    }
  }
  return results;
}
