import type { ActionError } from "../connector-kit/action-error.ts";
import type { Trouble } from "../ledger/ledger.ts";
import type { Errand } from "./errand.ts";
import { needsYou } from "./needs-you.ts";

/** Hands a step that cannot even begin to a person. The order has to be read anew. */
export async function refuse(
  { world, store, order, record }: Omit<Errand, "step">,
  trouble: Trouble,
): Promise<undefined> {
  const { reference } = order.order;
  const { run, name } = record;
  const alert = needsYou(order.order, name, trouble, store.linkTo(reference));
  await world.ledger.refuse({ reference, run, name, store: store.name }, trouble, alert);
}

export function troubleOf(error: ActionError): Trouble {
  const { cause, status, field } = error.failure;
  return { cause, message: error.message, status, field };
}
