// Zoho CRM v8 as the shop's CRM: the buyer is a contact, the order is a deal.
import { createHash } from "node:crypto";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import { zohoApi } from "./api.ts";
import { contactAction } from "./contact.ts";
import { dataCentres } from "./data-centres.ts";
import { dealAction } from "./deal.ts";
import { examine } from "./doctor.ts";
import { fieldMetadata } from "./field-metadata.ts";
import { type ZohoOptions, type ZohoSettings, zohoSettings } from "./options.ts";
import { zohoSimulator } from "./simulator.ts";
import { accessTokens } from "./token.ts";
import { updateDealAction } from "./update-deal.ts";

export function zoho(options: ZohoOptions): Connector<"crm"> {
  const settings = zohoSettings(options);
  const { dataCentre, clientId, clientSecret, refreshToken } = settings;
  const hosts = dataCentres[dataCentre];
  return {
    role: "crm",
    provider: "zoho",
    connection: {
      // Two organisations in one data centre have two refresh tokens; the variable's name is no
      // secret.
      account: `zoho:${dataCentre}:${refreshToken.env}`,
      // Zoho counts calls at once for the whole organisation and app, 5 on the smallest plan.
      limits: { concurrent: 4 },
      deadlineMs: 30_000,
      // Zoho publishes no figure. COQL and unique fields are not delayed by the search index.
      maxServerMs: 110_000,
      maxLagMs: 0,
    },
    secrets: { clientId, clientSecret, refreshToken },
    hosts: { ...hosts },
    connect: (wiring) => {
      const api = apiOf(settings, wiring);
      const metadata = fieldMetadata(api);
      return {
        contact: contactAction(settings, wiring.connection, api, metadata),
        deal: dealAction(settings, wiring.connection, api, metadata),
        updateDeal: updateDealAction(settings, wiring.connection, api, metadata),
      };
    },
    check: (wiring, send) => {
      const world = { send, now: () => new Date() };
      return examine(settings, fieldMetadata(apiOf(settings, wiring)), world);
    },
    simulate: (kit) =>
      zohoSimulator(kit, {
        apiDomain: hosts.api,
        orderField: settings.orderField,
        stages: [settings.stage],
        isMultiCurrency: settings.multiCurrency,
        textFields: Object.values(settings.fields).filter((name) => name !== undefined),
      }),
  };
}

function apiOf(settings: ZohoSettings, wiring: Wiring) {
  const secretOf = (name: string): string => {
    const value = wiring.secrets[name];
    if (!value) throw new TypeError(`zoho(): the secret ${name} has no value.`);
    return value;
  };
  const hostOf = (name: "accounts" | "api") =>
    wiring.hosts[name] ?? dataCentres[settings.dataCentre][name];
  const refreshToken = secretOf("refreshToken");
  // Other credentials may be of another organisation: they must not find the token of the old ones.
  const digest = createHash("sha256").update(refreshToken).digest("hex").slice(0, 16);
  const tokens = accessTokens(`zoho:${settings.dataCentre}:${digest}`, wiring.tokens, {
    accounts: hostOf("accounts"),
    dataCentre: settings.dataCentre,
    clientId: secretOf("clientId"),
    clientSecret: secretOf("clientSecret"),
    refreshToken,
  });
  const { dataCentre, trigger } = settings;
  return zohoApi({ base: hostOf("api"), dataCentre, tokens, trigger });
}
