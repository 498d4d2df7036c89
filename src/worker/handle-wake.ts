import { orderSubject, readSubject } from "../ledger/subject.ts";
import { advanceOrder } from "./advance-order.ts";
import { openOrder } from "./open-order.ts";
import { sendAlert } from "./send-alert.ts";
import { tendAccount } from "./tend-account.ts";
import type { World } from "./world.ts";

/** However far away the next thing to do is: what two workers found side by side may be out of date. */
const longestLookMs = 600_000;

/** Does what is due for one subject; resolves to when to look again, ms, or undefined for never. */
export async function handleWake(world: World, subject: string): Promise<number | undefined> {
  const lookAgainInMs = await handle(world, subject);
  return lookAgainInMs === undefined ? undefined : Math.min(lookAgainInMs, longestLookMs);
}

async function handle(world: World, subject: string): Promise<number | undefined> {
  const read = readSubject(subject);
  switch (read?.kind) {
    case "event":
      return handleEvent(world, subject);
    case "order":
      return advanceOrder(world, read.reference);
    case "alert":
      return sendAlert(world, subject);
    case "account":
      return tendAccount(world, read.account);
    default:
      return undefined;
  }
}

/** Whoever opens an order goes on with it; when it waits, it waits under its own name. */
async function handleEvent(world: World, subject: string): Promise<number | undefined> {
  const { againInMs, opened } = await openOrder(world, subject);
  if (!opened) return againInMs;
  const { reference, order } = opened;
  const lookAgainInMs = await advanceOrder(world, reference, order);
  if (lookAgainInMs !== undefined) {
    await world.ledger.due.wake(orderSubject(reference), Math.min(lookAgainInMs, longestLookMs));
  }
  return undefined;
}
