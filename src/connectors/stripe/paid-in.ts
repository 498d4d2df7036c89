// What was paid in a period, on our own account and on the connected ones.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Send } from "../../connector-kit/http.ts";
import type { FoundPayment, PaidQuery } from "../../connector-kit/roles.ts";
import { listEvents } from "./list-events.ts";
import { listPaid } from "./list-paid.ts";
import { stripeClient } from "./stripe-client.ts";
import type { ReadingRules, StripeAccess } from "./stripe-options.ts";

export async function* paidIn(
  query: PaidQuery,
  send: Send,
  access: StripeAccess,
  rules: ReadingRules,
): AsyncGenerator<FoundPayment> {
  const list = query.by === "events" ? listEvents : listPaid;
  let disconnected: unknown;
  for (const account of [undefined, ...rules.connectedAccounts]) {
    try {
      yield* list(stripeClient(access, send, account), query, account, rules);
    } catch (thrown) {
      if (!isDisconnected(thrown)) throw thrown;
      disconnected ??= thrown;
    }
  }
  // Told when the others have been looked through: one that left must not hide what was paid on them.
  if (disconnected) throw disconnected;
}

const isDisconnected = (thrown: unknown) =>
  thrown instanceof ActionError && thrown.failure.cause === "config.invalid";
