// The shop's account at Zoho, reached with its secrets and the token that all processes share.
import { createHash } from "node:crypto";
import type { Wiring } from "../../connector-kit/connector.ts";
import { type ZohoApi, zohoApi } from "./api.ts";
import { dataCentres } from "./data-centres.ts";
import type { ZohoSettings } from "./options.ts";
import { accessTokens } from "./token.ts";
import type { Client } from "./token-request.ts";

export function accountApi(settings: ZohoSettings, wiring: Wiring): ZohoApi {
  const client = clientOf(settings, wiring);
  const refreshToken = secretOf(wiring, "refreshToken");
  // Other credentials may be of another organisation, or mend what the old ones were refused for:
  // they find neither the token nor the refusal of the old ones.
  const all = JSON.stringify([client.clientId, client.clientSecret, refreshToken]);
  const digest = createHash("sha256").update(all).digest("hex").slice(0, 16);
  const { dataCentre, trigger } = settings;
  const name = `zoho:${dataCentre}:${digest}`;
  const tokens = accessTokens(name, wiring.tokens, { ...client, refreshToken });
  return zohoApi({ base: hostOf(settings, wiring, "api"), dataCentre, tokens, trigger });
}

/** The shop's program at Zoho, without the organisation's permission to use it. */
export function clientOf(settings: ZohoSettings, wiring: Wiring): Client {
  return {
    accounts: hostOf(settings, wiring, "accounts"),
    dataCentre: settings.dataCentre,
    clientId: secretOf(wiring, "clientId"),
    clientSecret: secretOf(wiring, "clientSecret"),
  };
}

function secretOf(wiring: Wiring, name: string): string {
  const value = wiring.secrets[name];
  if (!value) throw new TypeError(`zoho(): the secret ${name} has no value.`);
  return value;
}

function hostOf(settings: ZohoSettings, wiring: Wiring, name: "accounts" | "api"): string {
  return wiring.hosts[name] ?? dataCentres[settings.dataCentre][name];
}
