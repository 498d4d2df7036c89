// Payments that are entered late may go without some of their steps.
import type { FoundPayment } from "../connector-kit/roles.ts";
import { CannotLeaveOut } from "../ledger/leave-out.ts";
import { canBeLeftOut } from "../pipeline/leave-out.ts";
import type { Store } from "./world.ts";

export interface LeaveOut {
  readonly steps: readonly string[];
  /** Only orders that were paid before go without them. */
  readonly before: Date;
}

/** The steps that this payment's order would go without. */
export function leftOutOf(
  store: Store,
  { event }: FoundPayment,
  leaveOut: LeaveOut | undefined,
): readonly string[] {
  if (!leaveOut || Date.parse(event.createdAt) >= leaveOut.before.getTime()) return [];
  return canBeLeftOut(paidSteps(store)).filter((name) => leaveOut.steps.includes(name));
}

/** Throws when a store has a step of that name which others need, or when no store has it. */
export function refuseNeeded(stores: Iterable<Store>, { steps }: LeaveOut): void {
  const shops = [...stores];
  const optional = new Set(shops.flatMap((store) => canBeLeftOut(paidSteps(store))));
  const choice = `What can be left out: ${[...optional].join(", ")}.`;
  for (const wanted of steps) {
    const having = shops.filter((store) => paidSteps(store).some(({ name }) => name === wanted));
    if (having.length === 0) throw new CannotLeaveOut(`There is no step "${wanted}". ${choice}`);
    const needing = having.find((store) => !canBeLeftOut(paidSteps(store)).includes(wanted));
    if (needing) {
      throw new CannotLeaveOut(
        `"${wanted}" cannot be left out: other steps of "${needing.name}" need it. ${choice}`,
      );
    }
  }
}

function paidSteps({ pipelines }: Store) {
  const paid = pipelines.filter(({ trigger }) => trigger === "paid");
  return paid.flatMap(({ steps }) =>
    steps.map(({ name, needs }) => ({ name, needs: needs.map((need) => need.name) })),
  );
}
