// Mailgun says "Queued" to an address that it will never deliver to, so we ask before.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { readJson } from "../../connector-kit/http.ts";
import {
  type Account,
  get,
  isUnknownDomain,
  refusal,
  saysAbsent,
  strange404,
  suppressedSchema,
} from "./api.ts";

const lists = {
  bounces: "bounced before",
  complaints: "reported an e-mail of ours as spam",
  unsubscribes: "unsubscribed",
} as const;

/** Mailgun's own words for an address that is not on the list. */
const notListed: Readonly<Record<keyof typeof lists, RegExp>> = {
  bounces: /^address not found in bounces table/i,
  complaints: /^no spam complaints found for this address/i,
  unsubscribes: /^address not found in unsubscribers table/i,
};

export async function refuseSuppressed(
  account: Account,
  address: string,
  tag: string,
  call: Call,
): Promise<void> {
  const check = (list: keyof typeof lists) => refuseListed(account, list, address, tag, call);
  await Promise.all([check("bounces"), check("complaints"), check("unsubscribes")]);
}

async function refuseListed(
  account: Account,
  list: keyof typeof lists,
  address: string,
  tag: string,
  call: Call,
): Promise<void> {
  const path = `/v3/${account.domain}/${list}/${encodeURIComponent(address)}`;
  const response = await get(account, path, call.send);
  if (saysAbsent(response, notListed[list])) return;
  if (response.status === 404 && !isUnknownDomain(response))
    throw strange404(`its list of ${list}`);
  if (response.status !== 200) throw refusal(account, response, call.now());
  // Read before it is believed: a gateway's page with status 200 is no entry of the list.
  const { tags } = readJson(response, suppressedSchema[list]);
  // Somebody may have unsubscribed from a newsletter's tag alone.
  if (tags && tags.length > 0 && !tags.includes("*") && !tags.includes(tag)) return;
  const message =
    `Mailgun does not deliver to this address: it ${lists[list]}. ` +
    `Ask for another one, or take it off Mailgun's list (${list}).`;
  throw new ActionError("permanent", message, {
    cause: "email.suppressed",
    field: "buyer.email",
  });
}
