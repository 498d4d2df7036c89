// A payment as one of Stripe's lists shows it, told as its webhook would have told of it.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { FoundPayment, PaymentEvent } from "../../connector-kit/roles.ts";
import type { Money } from "../../order/money.ts";
import { fromStripe } from "./stripe-amount.ts";

export interface ListedObject {
  readonly id: string;
  readonly object: string;
  /** Seconds. */
  readonly created: number;
  readonly livemode: boolean;
}

/**
 * For an event that Stripe does not list any more. It says as little as an event can: the order is
 * read from the object anyway.
 */
export function foundWithoutEvent(
  listed: ListedObject,
  type: string,
  account: string | undefined,
  more: Pick<FoundPayment, "objects" | "amount">,
): FoundPayment {
  const event = {
    id: `reconcile:${listed.id}`,
    type,
    createdAt: new Date(listed.created * 1000).toISOString(),
    livemode: listed.livemode,
    account,
    objectId: listed.id,
    objectType: listed.object,
  };
  return { event, body: shortBody(event), ...more };
}

/** The shortest body that the event can have. */
export function shortBody(event: PaymentEvent): Uint8Array {
  const body = {
    id: event.id,
    object: "event",
    type: event.type,
    created: Math.floor(Date.parse(event.createdAt) / 1000),
    livemode: event.livemode,
    api_version: event.apiVersion ?? null,
    ...(event.account === undefined ? {} : { account: event.account }),
    data: { object: { id: event.objectId, object: event.objectType } },
  };
  return new TextEncoder().encode(JSON.stringify(body));
}

/** Undefined when the list does not say it, or says what cannot be: the reader will complain. */
export function amountOf(
  amount: number | null | undefined,
  currency: string | null | undefined,
): Money | undefined {
  if (amount == null || !currency) return undefined;
  try {
    return fromStripe(amount, currency);
  } catch (thrown) {
    if (thrown instanceof ActionError) return undefined;
    throw thrown;
  }
}
