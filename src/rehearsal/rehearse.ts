// Replays what was paid, and adds up what would be different.
import type { PastOrders } from "../ledger/past-orders.ts";
import type { Settings } from "../settings.ts";
import type { Config } from "../shop/define-config.ts";
import { compare, type Difference, type Topic, topics, vatOf } from "./compare.ts";
import { openStage } from "./replay.ts";

export interface RehearsedOrder {
  readonly reference: string;
  readonly shopOrder: string | undefined;
  readonly total: { readonly minor: string; readonly currency: string };
  readonly differences: readonly Difference[];
}

export interface Rehearsal {
  readonly replayed: number;
  /** Orders of that time that were not replayed, because there are more than was asked for. */
  readonly left: number;
  /** Orders of stores that the configuration does not have. */
  readonly foreign: number;
  readonly different: readonly RehearsedOrder[];
  /** Orders that differ in it. */
  readonly byTopic: Readonly<Record<Topic, number>>;
  /** VAT of the replayed orders whose VAT was decided both times, in minor units. */
  readonly vat: readonly {
    readonly currency: string;
    readonly was: string;
    readonly now: string;
  }[];
  /** How many parcels went by another service. */
  readonly services: readonly {
    readonly was: string;
    readonly now: string;
    readonly orders: number;
  }[];
}

export async function rehearse(
  config: Config,
  settings: Settings,
  past: PastOrders,
  tell: (done: number, of: number) => void = () => {},
): Promise<Rehearsal> {
  const different: RehearsedOrder[] = [];
  const vat = new Map<string, { was: bigint; now: bigint }>();
  const services = new Map<string, { was: string; now: string; orders: number }>();
  let foreign = 0;
  const stage = await openStage(config, settings);
  try {
    for (const [index, one] of past.orders.entries()) {
      tell(index, past.orders.length);
      const steps = await stage.replay(one);
      if (!steps) {
        foreign += 1;
        continue;
      }
      addVat(vat, one.steps, steps);
      const differences = compare(one, steps, stage.pipelinesOf(one.order.store));
      countServices(services, differences);
      if (differences.length > 0) different.push({ ...glance(one.order), differences });
    }
  } finally {
    await stage.close();
  }
  return {
    replayed: past.orders.length - foreign,
    left: past.count - past.orders.length,
    foreign,
    different,
    byTopic: countTopics(different),
    vat: [...vat].map(([currency, { was, now }]) => ({ currency, was: `${was}`, now: `${now}` })),
    services: [...services.values()],
  };
}

function glance({ reference, shopOrder, total }: PastOrders["orders"][number]["order"]) {
  return { reference, shopOrder, total: { minor: `${total.minor}`, currency: total.currency } };
}

type Outputs = readonly { readonly name: string; readonly output: unknown }[];

function addVat(sums: Map<string, { was: bigint; now: bigint }>, was: Outputs, now: Outputs): void {
  for (const step of was) {
    const before = vatOf(step.output)?.total.vat;
    const after = vatOf(now.find(({ name }) => name === step.name)?.output)?.total.vat;
    if (!before || !after) continue;
    const sum = sums.get(before.currency) ?? { was: 0n, now: 0n };
    sums.set(before.currency, { was: sum.was + before.minor, now: sum.now + after.minor });
  }
}

function countServices(
  counts: Map<string, { was: string; now: string; orders: number }>,
  differences: readonly Difference[],
): void {
  for (const { topic, what, was = "", now = "" } of differences) {
    if (topic !== "service" || what !== "service") continue;
    const entry = counts.get(`${was}>${now}`) ?? { was, now, orders: 0 };
    counts.set(`${was}>${now}`, { ...entry, orders: entry.orders + 1 });
  }
}

function countTopics(different: readonly RehearsedOrder[]): Record<Topic, number> {
  const count = (topic: Topic) =>
    different.filter(({ differences }) => differences.some((one) => one.topic === topic)).length;
  const [held, steps, VAT, amounts, service, message, data] = topics.map(count);
  return {
    held: held ?? 0,
    steps: steps ?? 0,
    VAT: VAT ?? 0,
    amounts: amounts ?? 0,
    service: service ?? 0,
    message: message ?? 0,
    data: data ?? 0,
  };
}
