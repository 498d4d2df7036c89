// Every night: what was kept for long enough is forgotten. Letters are emptied, labels and later invoices removed, and
// the person leaves the order.
import { ActionError } from "../connector-kit/action-error.ts";
import {
  type FinishedOrder,
  type FinishedPlace,
  forgetPageSize,
  type PrivacyLedger,
} from "../ledger/privacy-ledger.ts";
import { withoutPerson } from "../order/without-person.ts";
import { untilNightMs } from "./audit.ts";
import { removeFiles } from "./remove-files.ts";
import type { Round } from "./round.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

/** Days. */
export interface RetentionDays {
  readonly letters: number;
  readonly labels: number;
  readonly customers: number;
  readonly invoices: number;
}

export interface Forgotten {
  readonly letters: number;
  readonly labels: number;
  readonly customers: number;
  readonly invoices: number;
}

const subject = "retention/nightly";
const retryMs = 1800_000;

export function retention(
  world: World,
  ledger: PrivacyLedger,
  shelves: ReadonlyMap<string, Shelf>,
  days: RetentionDays,
): Round {
  const stopping = new AbortController();
  return {
    // At every start, too: a machine that is off at night still has to forget.
    begin: () => world.ledger.due.wake(subject, retryMs),
    isFor: (asked) => asked === subject,
    async handle() {
      try {
        await forgetOld({ world, ledger, shelves, days, signal: stopping.signal });
      } catch (thrown) {
        // The files' provider is away, or Ordna stops: what is left is left for later.
        if (thrown instanceof ActionError) return retryMs;
        throw thrown;
      }
      return untilNightMs(world.clock.now().getTime());
    },
    stop: () => stopping.abort(),
  };
}

interface Work {
  readonly world: World;
  readonly ledger: PrivacyLedger;
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly days: RetentionDays;
  readonly signal?: AbortSignal;
}

/** Forgets all whose time has come. Rejects with an ActionError when files cannot be removed now. */
export async function forgetOld(work: Work): Promise<Forgotten> {
  const { ledger, days, shelves } = work;
  const kept = (what: string, forDays: number) => `${what} are kept for ${forDays} days.`;
  const letters = await emptyLetters(work);
  let labels = 0;
  for (const [store, shelf] of shelves) {
    const why = kept("Labels", days.labels);
    labels += await pageByPage(work, "labels", store, ({ reference }) =>
      removeFiles(work, shelf, reference, (action) => shelf.isLabel(action), why),
    );
  }
  const customers = await pageByPage(work, "customers", undefined, async ({ reference }) => {
    const record = await work.world.ledger.loadOrder(reference);
    await ledger.emptyLettersOf(reference);
    const why = kept("Contact data of customers", days.customers);
    return record && (await ledger.forget(withoutPerson(record.order), why)) ? 1 : 0;
  });
  let invoices = 0;
  for (const [store, shelf] of shelves) {
    const why = kept("Invoices", days.invoices);
    invoices += await pageByPage(work, "invoices", store, ({ reference }) =>
      removeFiles(work, shelf, reference, () => true, why),
    );
  }
  return { letters, labels, customers, invoices };
}

async function emptyLetters({ ledger, days, signal }: Work): Promise<number> {
  let sum = 0;
  for (let emptied = forgetPageSize; emptied === forgetPageSize && !signal?.aborted; ) {
    emptied = await ledger.emptyLetters(days.letters, forgetPageSize);
    sum += emptied;
  }
  return sum;
}

/** Goes on where it ended the last time; an order that changed since stands further back again. */
async function pageByPage(
  { ledger, days, signal }: Work,
  kind: "labels" | "customers" | "invoices",
  // A store that the configuration forgot keeps its files until it is back, and its place among them.
  store: string | undefined,
  forget: (order: FinishedOrder) => Promise<number>,
): Promise<number> {
  const memory = `retention:${kind}${store === undefined ? "" : `:${store}`}`;
  let place = parsePlace(await ledger.recall(memory));
  let sum = 0;
  for (;;) {
    const orders = await ledger.finishedBefore(days[kind], place, store);
    for (const order of orders) {
      if (signal?.aborted) return sum;
      sum += await forget(order);
      place = order.place;
    }
    if (place) await ledger.remember(memory, `${place.at}|${place.reference}`);
    if (orders.length < forgetPageSize) return sum;
  }
}

function parsePlace(text: string | undefined): FinishedPlace | undefined {
  const [at, reference] = text?.split("|") ?? [];
  return at && reference ? { at, reference } : undefined;
}
