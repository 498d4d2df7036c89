// All measurements of one run, in alternating rounds. What fails is told and left out; nothing is measured in its place.
import { engineNames } from "./engines/engines.ts";
import { type Around, type Measured, measureEngine } from "./engines/measure-engine.ts";
import {
  asGrowth,
  fillHistory,
  type Growth,
  type History,
  type MeasuredLook,
  measureLooks,
  measureMore,
} from "./growth/measure-growth.ts";
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
  const told = progress(
    perRound * rounds + (wanted.has("growth") ? histories.length * (rounds + 2) : 0),
  );
  const bursts: Measured[][] = [];
  const trickles: Measured[][] = [];
  const doors: MeasuredDoor[][] = [];
  for (let round = 1; round <= rounds; round++) {
    if (wanted.has("burst")) bursts.push(await burstRound(around, plan, told, round));
    if (wanted.has("trickle")) trickles.push(await trickleRound(around, plan, told, round));
    if (wanted.has("doors")) doors.push(await doorRound(around, plan, told, round));
  }
  const growth = wanted.has("growth") ? await growthRounds(around, plan, told) : [];
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

/** All ledgers are filled first: looks alternate between them, as everything else does. */
async function growthRounds(around: Around, { histories, rounds }: Plan, told: Progress) {
  const filled = await each(histories, told, "a ledger that holds", (orders) =>
    fillHistory(around, orders),
  );
  const looks = new Map<History, (readonly MeasuredLook[])[]>(filled.map((one) => [one, []]));
  const named = ({ orders }: History) => String(orders);
  for (let round = 1; round <= rounds; round++) {
    const look = async (one: History) => looks.get(one)?.push(await measureLooks(one));
    await each(filled, told, `round ${round}, looks, orders`, look, named);
  }
  const more = async (one: History) =>
    asGrowth(one, looks.get(one) ?? [], await measureMore(around, one));
  return each(filled, told, "one order more than", more, named);
}

async function each<Item, Result>(
  items: readonly Item[],
  told: Progress,
  what: string,
  measure: (item: Item) => Promise<Result>,
  nameOf: (item: Item) => string = String,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    const whole = `${what}: ${nameOf(item)}`;
    told.begin(whole);
    try {
      results.push(await measure(item));
    } catch (error) {
      told.complain(whole, error);
    }
  }
  return results;
}
