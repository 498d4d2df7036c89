// Many years of orders against providers that come and go: which of them end without a person, and how soon.
import { backoff } from "../../src/worker/backoff.ts";
import { Availability, dayMs, type Provider, providers } from "./outages.ts";
import { seededRandom } from "./seeded-random.ts";

export interface PolicyOptions {
  readonly years: number;
  readonly ordersPerDay: number;
  /** Stretches the time between outages. */
  readonly scale: number;
  /** Ordna never gives up; an order that is not done by then is counted as one for a person. */
  readonly horizonMs: number;
  readonly seed: number;
}

export interface PolicyShare {
  /** Percent of all orders. */
  readonly withoutAPerson: number;
  readonly underTwoMinutes: number;
  readonly forAPerson: number;
  readonly slowestHours: number;
}

export interface PolicyResult {
  readonly orders: number;
  readonly ordna: PolicyShare;
  readonly usual: PolicyShare & {
    /** Orders for which something was done that had been done before. */
    readonly doneTwice: number;
  };
}

export const calibrated: PolicyOptions = {
  years: 200,
  ordersPerDay: 20,
  scale: 2.1,
  horizonMs: 7 * dayMs,
  seed: 1,
};

interface Effect {
  readonly provider: keyof typeof providers;
  readonly needs: readonly Effect["provider"][];
}

/** The five effects of an order. Who waits for whom is as in the shipped pipeline. */
const effects: readonly Effect[] = [
  { provider: "crm", needs: [] },
  { provider: "worklist", needs: [] },
  { provider: "carrier", needs: [] },
  { provider: "accounting", needs: ["carrier"] },
  { provider: "mail", needs: ["carrier", "accounting"] },
];

/** Of the failures, those after which nobody knows whether it happened. */
const inDoubtShare = 0.25;
const callMs = 500;
const usualWaitsMs = [2000, 4000, 8000, 16_000];

interface World {
  readonly random: () => number;
  readonly horizonMs: number;
  succeeds(provider: Effect["provider"], atMs: number): boolean;
}

/** When an order is done; undefined when a person is needed. */
type Policy = (world: World, paidMs: number) => number | undefined;

export function simulatePolicy(options: PolicyOptions): PolicyResult {
  const orders = Math.floor(options.years * 365 * options.ordersPerDay);
  const availability = availabilities(options);
  const share = (policy: Policy, stream: number): PolicyShare => {
    const random = seededRandom(options.seed * 1000 + stream);
    const world: World = {
      random,
      horizonMs: options.horizonMs,
      succeeds: (name, atMs) => {
        const { failsDuring, failsOtherwise } = providers[name];
        return random() >= (availability[name].isAway(atMs) ? failsDuring : failsOtherwise);
      },
    };
    return tally(world, policy, orders, dayMs / options.ordersPerDay);
  };
  let doneTwice = 0;
  const usually = share((world, paidMs) => {
    const { doneMs, wasDoneTwice } = usual(world, paidMs);
    if (wasDoneTwice) doneTwice += 1;
    return doneMs;
  }, 2);
  return { orders, ordna: share(ordna, 1), usual: { ...usually, doneTwice } };
}

/** Each provider in its own years, which both policies live through. */
export function availabilities({ years, scale, seed }: PolicyOptions) {
  const spanMs = (years + 1) * 365 * dayMs;
  const of = (provider: Provider, stream: number) =>
    new Availability(provider, scale, spanMs, seededRandom(seed * 1000 + 100 + stream));
  return {
    crm: of(providers.crm, 0),
    worklist: of(providers.worklist, 1),
    carrier: of(providers.carrier, 2),
    accounting: of(providers.accounting, 3),
    mail: of(providers.mail, 4),
  };
}

function tally(world: World, policy: Policy, orders: number, everyMs: number): PolicyShare {
  let forAPerson = 0;
  let soon = 0;
  let slowestMs = 0;
  for (let order = 0; order < orders; order++) {
    const paidMs = (order + world.random()) * everyMs;
    const doneMs = policy(world, paidMs);
    if (doneMs === undefined) {
      forAPerson += 1;
      continue;
    }
    const tookMs = doneMs - paidMs;
    if (tookMs < 120_000) soon += 1;
    slowestMs = Math.max(slowestMs, tookMs);
  }
  return {
    withoutAPerson: percent(orders - forAPerson, orders),
    underTwoMinutes: percent(soon, orders),
    forAPerson,
    slowestHours: Math.round(slowestMs / 36_000) / 100,
  };
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 1e7) / 1e5;
}

/** Every step for itself, by the product's own `backoff`, until it is done. */
function ordna(world: World, paidMs: number): number | undefined {
  const doneAt = new Map<Effect["provider"], number>();
  let lastMs = paidMs;
  for (const { provider, needs } of effects) {
    let atMs = Math.max(paidMs, ...needs.map((need) => doneAt.get(need) ?? paidMs));
    for (let tries = 0; !world.succeeds(provider, atMs); tries++) {
      const waitMs = backoff(tries, world.random()).delayMs;
      const isInDoubt = world.random() < inDoubtShare;
      atMs += callMs + (isInDoubt ? Math.max(providers[provider].settleMs, waitMs) : waitMs);
      if (atMs - paidMs > world.horizonMs) return undefined;
    }
    doneAt.set(provider, atMs + callMs);
    lastMs = Math.max(lastMs, atMs + callMs);
  }
  return lastMs;
}

/** One job that does everything, from the start at each of five tries. */
function usual(world: World, paidMs: number) {
  const happened = new Set<Effect["provider"]>();
  let wasDoneTwice = false;
  let atMs = paidMs;
  for (const waitMs of [0, ...usualWaitsMs]) {
    atMs += waitMs;
    let isDone = true;
    for (const { provider } of effects) {
      isDone = world.succeeds(provider, atMs);
      atMs += callMs;
      // Half of what is in doubt did happen.
      const didHappen = isDone || world.random() < inDoubtShare / 2;
      if (didHappen && happened.has(provider)) wasDoneTwice = true;
      if (didHappen) happened.add(provider);
      if (!isDone) break;
    }
    if (isDone) return { doneMs: atMs, wasDoneTwice };
  }
  return { doneMs: undefined, wasDoneTwice };
}
