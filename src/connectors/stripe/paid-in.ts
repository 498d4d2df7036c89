// What was paid in a period, on our own account and on the connected ones.
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
  for (const account of [undefined, ...rules.connectedAccounts]) {
    yield* list(stripeClient(access, send, account), query, account, rules);
  }
}
