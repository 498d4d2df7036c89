// Zoho CRM v8 as the shop's CRM: the buyer is a contact, the order is a deal.
import type { Connector } from "../../connector-kit/connector.ts";
import { accountApi } from "./account.ts";
import { contactAction } from "./contact.ts";
import { dataCentres } from "./data-centres.ts";
import { dealAction } from "./deal.ts";
import { examine } from "./doctor.ts";
import { fieldMetadata } from "./field-metadata.ts";
import { type ZohoOptions, zohoSettings } from "./options.ts";
import { salesOrderAction } from "./sales-order.ts";
import { setUp } from "./set-up.ts";
import { zohoSimulator } from "./simulator.ts";
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
      const api = accountApi(settings, wiring);
      const metadata = fieldMetadata(api);
      return {
        contact: contactAction(settings, wiring.connection, api, metadata),
        deal: dealAction(settings, wiring.connection, api, metadata),
        updateDeal: updateDealAction(settings, wiring.connection, api, metadata),
        ...(settings.salesOrders
          ? { salesOrder: salesOrderAction(settings, wiring.connection, api, metadata) }
          : {}),
      };
    },
    check: (wiring, send) =>
      examine(settings, accountApi(settings, wiring), { send, now: () => new Date() }),
    obtains: ["refreshToken"],
    setUp: (wiring, send, ask) => setUp(settings, wiring, send, ask),
    simulate: (kit) =>
      zohoSimulator(kit, {
        apiDomain: hosts.api,
        orderField: settings.orderField,
        stages: [settings.stage],
        isMultiCurrency: settings.multiCurrency,
        pipelines: settings.pipeline ? [settings.pipeline] : [],
        otherProduct: settings.salesOrders?.otherProduct,
        salesOrderField: settings.salesOrders?.orderField,
        textFields: Object.values(settings.fields).filter((name) => name !== undefined),
      }),
  };
}
