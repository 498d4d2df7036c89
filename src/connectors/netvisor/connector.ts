// Netvisor: the company's sales ledger. Customer, VAT invoice, its payment and its PDF.
import type { Connector } from "../../connector-kit/connector.ts";
import { customerListAnswer } from "./answers.ts";
import { apiOf, contextOf } from "./context.ts";
import { creditAction } from "./credit.ts";
import { customerAction } from "./customer.ts";
import { invoiceAction } from "./invoice.ts";
import { invoiceDocumentAction } from "./invoice-document.ts";
import { paymentAction } from "./payment.ts";
import { type NetvisorOptions, readSettings } from "./settings.ts";
import { simulateNetvisor } from "./simulator.ts";

const hosts = {
  production: "https://integration.netvisor.fi",
  test: "https://isvapi.netvisor.fi",
};

export function netvisor(options: NetvisorOptions): Connector<"accounting"> {
  const settings = readSettings(options);
  const { organisationId } = settings;
  return {
    role: "accounting",
    provider: "netvisor",
    connection: {
      account: `netvisor:${organisationId}`,
      // "One request at a time per customer environment, wait for the answer, time out after 120 s at the earliest":
      // https://support.netvisor.fi (controlling errors of the interface).
      limits: { concurrent: 1 },
      deadlineMs: 120_000,
      maxServerMs: 120_000,
      // A company's requests run one after the other, so a list read after that is decisive; the rest is margin.
      maxLagMs: 5_000,
    },
    secrets: { customerKey: settings.customerKey, partnerKey: settings.partnerKey },
    trial: settings.host === "test" ? 'host: "test"' : undefined,
    hosts: { api: hosts[settings.host] },
    connect: (wiring) => {
      const context = contextOf(settings, wiring);
      return {
        customer: customerAction(context),
        invoice: invoiceAction(context),
        payment: paymentAction(context),
        invoiceDocument: invoiceDocumentAction(context),
        credit: creditAction(context),
      };
    },
    check: async (wiring, send) => {
      const api = apiOf(settings, wiring, send, () => new Date());
      await api.read("customerlist.nv", { customercodelist: "WEB-CHECK" }, customerListAnswer);
      return `Netvisor answers for the company ${organisationId}.`;
    },
    simulate: (kit) => simulateNetvisor(kit, settings),
  };
}
