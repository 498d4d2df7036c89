import type { LookAgain } from "../ledger/ledger.ts";
import { orderSubject, readSubject } from "../ledger/subject.ts";
import { advanceOrder } from "./advance-order.ts";
import { openOrder } from "./open-order.ts";
import { sendAlert } from "./send-alert.ts";
import { tendAccount } from "./tend-account.ts";
import type { World } from "./world.ts";

/** However far away the next thing to do is: what two workers found side by side may be out of date. */
const longestLookMs = 600_000;

/** Does what is due for one subject. */
export async function handleWake(world: World, subject: string): Promise<LookAgain> {
  const read = readSubject(subject);
  if (read?.kind === "event") return handleEvent(world, subject);
  return soon(await handle(world, subject));
}

const soon = (inMs: number | undefined) =>
  inMs === undefined ? undefined : Math.min(inMs, longestLookMs);

async function handle(world: World, subject: string): Promise<number | undefined> {
  const read = readSubject(subject);
  switch (read?.kind) {
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
async function handleEvent(world: World, subject: string): Promise<LookAgain> {
  const { againInMs, opened } = await openOrder(world, subject);
  if (!opened) return soon(againInMs);
  const inMs = soon(await advanceOrder(world, opened.reference, opened.order));
  return inMs === undefined ? undefined : { inMs, under: orderSubject(opened.reference) };
}
