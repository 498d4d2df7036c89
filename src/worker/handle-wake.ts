import { readSubject } from "../ledger/subject.ts";
import type { GoesOn } from "../queue/queue.ts";
import { advanceOrder } from "./advance-order.ts";
import { openOrder } from "./open-order.ts";
import { sendAlert } from "./send-alert.ts";
import { tendAccount } from "./tend-account.ts";
import type { World } from "./world.ts";

/** However far away the next thing to do is: what two workers found side by side may be out of date. */
const longestLookMs = 600_000;

/** Does what is due for one subject; resolves to when to look again, ms, or undefined for never. */
export async function handleWake(
  world: World,
  subject: string,
): Promise<number | GoesOn | undefined> {
  const read = readSubject(subject);
  switch (read?.kind) {
    case "event":
      return handleEvent(world, subject);
    case "order":
      return soon(await advanceOrder(world, read.reference));
    case "alert":
      return soon(await sendAlert(world, subject));
    case "account":
      return soon(await tendAccount(world, read.account));
    default:
      return undefined;
  }
}

/** Whoever opens an order goes on with it. */
async function handleEvent(world: World, subject: string): Promise<number | GoesOn | undefined> {
  const { againInMs, opened } = await openOrder(world, subject);
  if (!opened) return soon(againInMs);
  const { reference, order, wake } = opened;
  return { wake, work: async () => soon(await advanceOrder(world, reference, order)) };
}

const soon = (inMs: number | undefined) =>
  inMs === undefined ? undefined : Math.min(inMs, longestLookMs);
