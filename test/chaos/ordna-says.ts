// What Ordna's own page says. It tells when to stop waiting and where to look, and never who is right.
import type { Installation } from "./installation.ts";

interface Said {
  /** Orders that Ordna still works on, or waits with. */
  readonly open: number;
  /** Orders that wait for a person. */
  readonly attention: number;
  readonly hints: readonly string[];
}

interface Glance {
  readonly reference: string;
  readonly state: string;
  readonly steps: readonly {
    readonly name: string;
    readonly state: string;
    readonly message: string | null;
  }[];
}

interface List {
  readonly orders: readonly Glance[];
  readonly counts: Readonly<Record<"open" | "waiting" | "attention", number>>;
}

/** Undefined when no door answers. */
export async function ordersInLedger({ doors, key }: Installation): Promise<Said | undefined> {
  const lists = await Promise.all(
    ["open", "waiting", "attention"].map((state) => ask(doors, key, `/orders?state=${state}`)),
  );
  const [open, waiting, attention] = lists;
  if (!open || !waiting || !attention) return undefined;
  const { counts } = open;
  return {
    open: counts.open + counts.waiting,
    attention: counts.attention,
    hints: [...open.orders, ...waiting.orders, ...attention.orders].flatMap(hintsOf),
  };
}

async function ask(doors: readonly string[], key: string, path: string) {
  for (const door of doors) {
    const headers = { authorization: `Bearer ${key}` };
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${door}/api${path}`, { headers, signal }).catch(() => undefined);
    if (!response?.ok) continue;
    const list: List = await response.json();
    return list;
  }
  return undefined;
}

function hintsOf({ reference, state, steps }: Glance): string[] {
  return steps
    .filter((step) => !["done", "blocked"].includes(step.state))
    .map(
      (step) => `${reference} is ${state}: ${step.name} is ${step.state}. ${step.message ?? ""}`,
    );
}
