// An order that is entered late may go without some of its steps: they open as skipped, and stay so.
import type { CauseCode } from "../connector-kit/cause.ts";

/** A step that does not exist, or that another one needs. */
export class CannotLeaveOut extends Error {
  override readonly name = "CannotLeaveOut";
}

/** What a step says that was left out when its order was entered. */
export const leftOut: { readonly cause: CauseCode; readonly message: string } = {
  cause: "order.entered_late",
  message: "Left out on purpose when the order was entered.",
};
