// A customer asks to be forgotten: everything that names the person goes, and what the law wants kept stays, with the reason.
// GDPR Art. 17: https://eur-lex.europa.eu/eli/reg/2016/679/art_17/oj
import { asActionError } from "../connector-kit/attempt.ts";
import type { Wish } from "../ledger/decisions/decide.ts";
import type { CustomerOrder, HeldElsewhere, PrivacyLedger } from "../ledger/privacy-ledger.ts";
import { withoutPerson } from "../order/without-person.ts";
import { removeFiles } from "./remove-files.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

export interface Erasure {
  readonly reference: string;
  readonly state: "erased" | "erased before" | "would be erased" | "not finished" | "try again";
  /** In a sentence: what to do when it could not be erased. */
  readonly what: string;
  /** What stays, why, and until when. */
  readonly kept: readonly Kept[];
  /** Records in other systems, to be erased there: what Ordna made in them is not its own to delete. */
  readonly elsewhere: readonly HeldElsewhere[];
}

interface Kept {
  readonly what: string;
  readonly why: string;
  /** A date, "2036-12-31". */
  readonly until: string;
}

interface Work {
  readonly world: World;
  readonly ledger: PrivacyLedger;
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly invoiceDays: number;
}

/** Repeating it is harmless, and finishes what was cut off. */
export async function eraseCustomer(
  work: Work,
  email: string,
  /** Who asked for it, and why; left out, it is only shown what would be erased. */
  wish?: Wish,
): Promise<readonly Erasure[]> {
  const erasures: Erasure[] = [];
  for (const order of await work.ledger.ordersOf(email)) {
    erasures.push(await eraseOne(work, order, wish));
  }
  return erasures;
}

async function eraseOne(
  work: Work,
  order: CustomerOrder,
  wish: Wish | undefined,
): Promise<Erasure> {
  const { reference } = order;
  const known = {
    kept: await vouchersOf(work, order),
    elsewhere: await work.ledger.heldElsewhere(reference),
  };
  if (order.state !== "done" && order.state !== "cancelled") {
    const what = "It is still being worked on: bring it to an end or cancel it, then erase again.";
    return { reference, state: "not finished", what, ...known };
  }
  if (!wish) {
    const what = "Contact data, the letters of its events and its label would be removed.";
    return { reference, state: "would be erased", what, ...known };
  }
  try {
    return { reference, ...(await forget(work, order, wish)), ...known };
  } catch (thrown) {
    const what = `${asActionError(thrown).message} Erase again: what is done already is not done twice.`;
    return { reference, state: "try again", what, ...known };
  }
}

async function forget(work: Work, { reference, store }: CustomerOrder, wish: Wish) {
  const { world, ledger, shelves } = work;
  const why = "The customer asked to be forgotten.";
  const shelf = shelves.get(store);
  if (shelf) {
    await removeFiles(work, shelf, reference, (action) => shelf.isLabel(action), why);
  }
  await ledger.emptyLettersOf(reference);
  const record = await world.ledger.loadOrder(reference);
  // Last: by its e-mail address the order is found again, should anything before have failed.
  const isNew = record && (await ledger.forget(withoutPerson(record.order), why, wish));
  const what = "Contact data, the letters of its events and its label were removed.";
  return isNew ? { state: "erased" as const, what } : { state: "erased before" as const, what };
}

/** Art. 17(3)(b): what bookkeeping and VAT law demand is not erased. */
async function vouchersOf({ ledger, shelves, invoiceDays }: Work, order: CustomerOrder) {
  const shelf = shelves.get(order.store);
  const files = await ledger.filesOf(order.reference);
  const until = new Date(Date.parse(order.paidAt) + invoiceDays * 86_400_000);
  return files
    .filter(({ action }) => !shelf?.isLabel(action))
    .map(({ file }) => ({
      what: file.fileName,
      why: "Bookkeeping and VAT law: GDPR Art. 17(3)(b).",
      until: until.toISOString().slice(0, 10),
    }));
}
