// The last line of the benchmark: Ordna against each other way, as ratios of what was measured side by side.
import type { EngineName } from "../engines/engines.ts";
import { type Measured, totalCpuMs } from "../engines/measure-engine.ts";
import type { Growth } from "../growth/measure-growth.ts";
import { median } from "../measure/percentile.ts";
import { criticalPathMs } from "../providers/endpoints.ts";
import type { Findings } from "../run-bench.ts";
import type { DoorName } from "../webhook/doors.ts";
import type { MeasuredDoor } from "../webhook/measure-door.ts";

type Ratio = number | null;
type OfEach = { readonly redis: Ratio; readonly postgres: Ratio; readonly embedded: Ratio };

/** The names are a promise to whoever reads them by machine. */
export interface Ratios {
  readonly vs_usual: OfEach;
  readonly vs_usual_same_client: Ratio;
  readonly vs_dbos: Ratio;
  readonly vs_restate: Ratio;
  readonly cpu_ms_per_order: Readonly<Partial<Record<EngineName, number>>>;
  /** Of the slowest of the three. */
  readonly latency_vs_critical_path: Ratio;
  readonly webhook_vs_next: OfEach;
  readonly webhook_p99_vs_next: OfEach;
  readonly growth_1m_vs_10k: Ratio;
}

export function ratiosOf({ bursts, trickles, doors, growth }: Findings): Ratios {
  const faster = (ordna: EngineName, other: EngineName) =>
    ratio(bursts, byEngine(ordna), byEngine(other), (one) => one.ordersPerSecond);
  const door = (ordna: DoorName, value: (door: MeasuredDoor) => number) =>
    ratio(doors, byDoor(ordna), byDoor("next"), value);
  const ofEachDoor = (value: (door: MeasuredDoor) => number): OfEach => ({
    redis: door("ordna-redis", value),
    postgres: door("ordna-postgres", value),
    embedded: door("ordna-embedded", value),
  });
  return {
    vs_usual: {
      redis: faster("ordna-redis", "usual"),
      postgres: faster("ordna-postgres", "usual"),
      embedded: faster("ordna-embedded", "usual"),
    },
    vs_usual_same_client: faster("ordna-redis", "usual-undici"),
    vs_dbos: faster("ordna-postgres", "dbos"),
    vs_restate: faster("ordna-postgres", "restate"),
    cpu_ms_per_order: cpuOf(bursts),
    latency_vs_critical_path: latencyOf(trickles),
    webhook_vs_next: ofEachDoor((one) => one.perSecond),
    webhook_p99_vs_next: ofEachDoor((one) => one.p99Ms),
    growth_1m_vs_10k: growthOf(growth),
  };
}

const byEngine = (name: EngineName) => (one: Measured) => one.engine === name;
const byDoor = (name: DoorName) => (one: MeasuredDoor) => one.door === name;

/** The median of the rounds' own ratios: what changed on the machine between rounds is in neither. */
function ratio<One>(
  rounds: readonly (readonly One[])[],
  isOurs: (one: One) => boolean,
  isTheirs: (one: One) => boolean,
  value: (one: One) => number,
): Ratio {
  const ratios = rounds.flatMap((round) => {
    const [ours, theirs] = [round.find(isOurs), round.find(isTheirs)];
    return ours && theirs ? [value(ours) / value(theirs)] : [];
  });
  return ratios.length > 0 ? rounded(median(ratios)) : null;
}

function cpuOf(bursts: Findings["bursts"]): Ratios["cpu_ms_per_order"] {
  const byName = Map.groupBy(bursts.flat(), ({ engine }) => engine);
  const entries = [...byName].map(([engine, all]) => [
    engine,
    rounded(median(all.map(totalCpuMs))),
  ]);
  return Object.fromEntries(entries);
}

function latencyOf(trickles: Findings["trickles"]): Ratio {
  const ordna = trickles.flat().filter(({ engine }) => engine.startsWith("ordna-"));
  const medians = [...Map.groupBy(ordna, ({ engine }) => engine).values()].map((all) =>
    median(all.map(({ latencyMs }) => latencyMs.p50)),
  );
  return medians.length > 0 ? rounded(Math.max(...medians) / criticalPathMs("realistic")) : null;
}

/** The worst of claims, sweeps and lists. */
export function growthOf(growth: readonly Growth[]): Ratio {
  const small = growth.find(({ orders }) => orders === 10_000);
  const large = growth.find(({ orders }) => orders === 1_000_000);
  if (!small || !large) return null;
  const ratios = Object.keys(small.groups).map(
    (name) => (large.groups[name] ?? Number.NaN) / (small.groups[name] ?? Number.NaN),
  );
  return rounded(Math.max(...ratios));
}

/** Three digits that mean something. */
const rounded = (value: number) => Number(value.toPrecision(3));
