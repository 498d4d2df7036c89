import { readSubject } from "../ledger/subject.ts";
import { advanceOrder } from "./advance-order.ts";
import { openOrder } from "./open-order.ts";
import { sendAlert } from "./send-alert.ts";
import type { World } from "./world.ts";

/** Does what is due for one subject; resolves to when to look again, ms, or undefined for never. */
export async function handleWake(world: World, subject: string): Promise<number | undefined> {
  const read = readSubject(subject);
  switch (read?.kind) {
    case "event":
      return openOrder(world, subject);
    case "order":
      return advanceOrder(world, read.reference);
    case "alert":
      return sendAlert(world, subject);
    default:
      return undefined;
  }
}
