// Webhooks can be lost for good. Every ten minutes, and at start, the provider's own lists are compared with the ledger.
import { z } from "zod";
import { ActionError } from "../connector-kit/action-error.ts";
import type { PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import type { Restored } from "../ledger/restored.ts";
import { comparePaid, type Finding } from "./compare-paid.ts";
import type { Round } from "./round.ts";
import type { Store, World } from "./world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const periodMs = 10 * minuteMs;
/** What is younger is still on its way as a webhook. */
const graceMs = 5 * minuteMs;
/** For clocks that differ, and lists that lag. */
const overlapMs = 60 * minuteMs;
/** Once a day: what one look did not show, another one will. */
const dailyOverlapMs = 3 * dayMs;
const retryMs = 2 * minuteMs;

const prefix = "reconcile/";
const nameOf = (store: string) => `reconcile:${store}`;

/** Looks at each store in turn. */
export function reconciler(world: World, ledger: ReconcilerLedger): Round {
  const stopping = new AbortController();
  return {
    async begin() {
      for (const { name } of world.stores.values()) {
        if (!(await ledger.recall(nameOf(name)))) {
          await keep(ledger, name, beginning(world.clock.now().getTime()));
        }
        // Soon when it is overdue. Never sooner for who begins late: one look serves all processes.
        await world.ledger.due.wake(prefix + name, periodMs);
      }
    },
    isFor: (subject) => subject.startsWith(prefix),
    async handle(subject) {
      const store = world.stores.get(subject.slice(prefix.length));
      return store && reconcileStore(world, ledger, store, stopping.signal);
    },
    stop: () => stopping.abort(),
  };
}

const memorySchema = z.object({
  /** Nothing before it is ever entered by itself: those orders were somebody else's, before Ordna. */
  begunAt: z.number(),
  eventsUntil: z.number(),
  objectsUntil: z.number(),
  /** The restored backup whose gap is, or was, looked through. */
  restoredAt: z.number().optional(),
});
export type ReconcilerMemory = z.infer<typeof memorySchema>;

const beginning = (now: number): ReconcilerMemory => ({
  begunAt: now,
  eventsUntil: now,
  objectsUntil: now,
});

const keep = (ledger: ReconcilerLedger, store: string, memory: ReconcilerMemory) =>
  ledger.remember(nameOf(store), JSON.stringify(memory));

async function reconcileStore(
  world: World,
  ledger: ReconcilerLedger,
  store: Store,
  signal: AbortSignal,
): Promise<number> {
  const now = world.clock.now().getTime();
  const kept = await ledger.recall(nameOf(store.name));
  const known = kept === undefined ? beginning(now) : memorySchema.parse(JSON.parse(kept));
  let memory = setBack(known, await ledger.lastRestored());
  const isAfterRestore = hasGap(memory);
  const entered: Finding[] = [];
  try {
    for (const query of plannedLooks(memory, now)) {
      const comparing = { world, ledger, store, isEntering: true, signal };
      const findings = await comparePaid(comparing, query);
      entered.push(...findings.filter(({ state }) => state === "entered"));
      memory = lookedAt(memory, query);
      await keep(ledger, store.name, memory);
    }
    return periodMs * (0.9 + 0.2 * world.random());
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown;
    if (!signal.aborted) await tellTrouble(world, store, thrown);
    return Math.max(retryMs * (0.9 + 0.2 * world.random()), thrown.failure.retryAfterMs ?? 0);
  } finally {
    if (entered.length > 0) await tellEntered(world, store, entered, isAfterRestore);
  }
}

/** A restored ledger has forgotten payments that it was told of, and how far it had looked. Pure. */
export function setBack(
  memory: ReconcilerMemory,
  restored: Restored | undefined,
): ReconcilerMemory {
  const restoredAt = restored?.at.getTime();
  if (!restored || memory.restoredAt === restoredAt) return memory;
  const back = (until: number) => Math.min(until, restored.since.getTime());
  const { eventsUntil, objectsUntil } = memory;
  return {
    ...memory,
    eventsUntil: back(eventsUntil),
    objectsUntil: back(objectsUntil),
    restoredAt,
  };
}

/** Nobody has looked yet up to the moment at which the ledger was restored. */
const hasGap = ({ objectsUntil, restoredAt = 0 }: ReconcilerMemory) => objectsUntil < restoredAt;

/** Oldest first and a day at a time, so that a long list that is interrupted goes on where it was. Pure. */
export function plannedLooks(memory: ReconcilerMemory, now: number): readonly PaidQuery[] {
  // What came in before the restore comes with no webhook again.
  const until = hasGap(memory) ? now : now - graceMs;
  const isDaily = hasGap(memory) || until - memory.objectsUntil >= dayMs;
  const since = (at: number, ms: number) => Math.max(memory.begunAt, Math.min(at, until) - ms);
  const { eventsUntil, objectsUntil } = memory;
  // Events first: a payment enters by Stripe's own event where there is one.
  return [
    ...days("events", since(eventsUntil, isDaily ? dailyOverlapMs : overlapMs), until),
    ...(isDaily ? days("objects", since(objectsUntil, dailyOverlapMs), until) : []),
  ];
}

function days(by: PaidQuery["by"], from: number, until: number): PaidQuery[] {
  const queries: PaidQuery[] = [];
  for (let at = from; at < until; at += dayMs) {
    queries.push({ by, from: new Date(at), until: new Date(Math.min(at + dayMs, until)) });
  }
  return queries;
}

function lookedAt(memory: ReconcilerMemory, { by, until }: PaidQuery): ReconcilerMemory {
  const field = by === "events" ? "eventsUntil" : "objectsUntil";
  return { ...memory, [field]: Math.max(memory[field], until.getTime()) };
}

const today = (world: World) => world.clock.now().toISOString().slice(0, 10);

async function tellEntered(
  world: World,
  store: Store,
  entered: readonly Finding[],
  isAfterRestore: boolean,
): Promise<void> {
  const names = entered.slice(0, 10).map(({ payment }) => payment.objects[0]);
  const more = entered.length > names.length ? `, and ${entered.length - names.length} more` : "";
  const found = `They were found in the payment provider's lists and entered: ${names.join(", ")}${more}.`;
  const dedupe = `${isAfterRestore ? "restored-found" : "reconciled"}:${store.name}:${today(world)}`;
  await world.ledger.raiseAlert(dedupe, store.name, undefined, {
    severity: "warning",
    ...(isAfterRestore
      ? {
          title: `Orders that the backup did not know: ${entered.length}`,
          lines: [found, "What was done for them before is looked up, and not done again."],
        }
      : {
          title: `Payments without a webhook: ${entered.length}`,
          lines: [
            found,
            "Look at the webhook endpoint there: is it enabled, does it point here, does it send these events?",
          ],
        }),
  });
}

/** An outage passes by itself. A key that may not read the lists needs a person, and nothing else would show it. */
async function tellTrouble(world: World, store: Store, error: ActionError): Promise<void> {
  if (error.verdict !== "permanent" && error.failure.cause !== "auth.refused") return;
  const dedupe = `reconcile-refused:${store.name}:${today(world)}`;
  await world.ledger.raiseAlert(dedupe, store.name, undefined, {
    severity: "warning",
    title: "Lost webhooks cannot be looked for",
    lines: [error.message],
  });
}
