// What `doctor` asks PostNord: whether it knows the customer number, and the services that are configured.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Send } from "../../connector-kit/http.ts";
import { type Account, isCustomerNumber, listedServices } from "./api.ts";
import type { Settings } from "./complete-options.ts";
import { services } from "./service-table.ts";

export async function checkAccount(
  settings: Settings,
  account: Account,
  send: Send,
): Promise<string> {
  const { home, customerNumber } = settings;
  if (!(await isCustomerNumber(account, customerNumber, home, send))) {
    const message = `PostNord does not know customer number ${customerNumber} in ${home}.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  const known = `PostNord accepts the key and customer number ${customerNumber} (${home}).`;
  const wanted = settings.services.map(({ service }) => service);
  const offered = new Set(wanted.filter((code) => services[code].reach[home]));
  const codes = await listed(account, home, send);
  if (!codes) return `${known} Its list of services could not be read.`;
  const missing = [...offered].filter((code) => !codes.has(code));
  if (missing.length === 0) return known;
  return `${known} It does not list service ${missing.join(", ")} for ${home}: ask your agreement.`;
}

/** Nothing when PostNord does not tell: other clients were seen to ask it, and its manual does not name it. */
async function listed(account: Account, home: string, send: Send) {
  try {
    return await listedServices(account, home, send);
  } catch (thrown) {
    if (thrown instanceof ActionError) return undefined;
    throw thrown;
  }
}
