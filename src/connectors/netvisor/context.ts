// What every action of this connector is made of.
import type { Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { type NetvisorApi, netvisorApi } from "./api.ts";
import { type OpenAdds, openAdds } from "./open-adds.ts";
import type { Settings } from "./settings.ts";

export interface Context {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly openAdds: OpenAdds;
  api(call: Pick<Call, "send" | "now">): NetvisorApi;
}

export function contextOf(settings: Settings, wiring: Wiring): Context {
  return {
    settings,
    connection: wiring.connection,
    openAdds: openAdds(wiring.tokens, wiring.connection),
    api: ({ send, now }) => apiOf(settings, wiring, send, now),
  };
}

export function apiOf(
  settings: Settings,
  wiring: Pick<Wiring, "hosts" | "secrets">,
  send: Send,
  now: () => Date,
): NetvisorApi {
  const { customerKey, partnerKey } = wiring.secrets;
  const host = wiring.hosts.api;
  if (!host || !customerKey || !partnerKey) {
    throw new ActionError("transient", "Netvisor's host and both keys must be set.", {
      cause: "auth.refused",
    });
  }
  return netvisorApi(host, { ...settings, customerKey, partnerKey }, send, now);
}
