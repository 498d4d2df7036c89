// A company with its simulated Netvisor, for tests.
import assert from "node:assert/strict";
import type { Call } from "../../connector-kit/action.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { secret, type TokenStore } from "../../connector-kit/connector.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import type { Accounting } from "../../connector-kit/roles.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { money, subtract } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import { netvisor } from "./connector.ts";
import type { NetvisorOptions } from "./settings.ts";
import { type NetvisorSimulator, simulateNetvisor } from "./simulator.ts";

export const now = () => new Date("2026-11-23T12:00:00Z");

export const options: NetvisorOptions = {
  sender: "Ordna testi ä",
  customerId: "CUST_1",
  partnerId: "Part_1",
  customerKey: secret("NETVISOR_CUSTOMER_KEY"),
  partnerKey: secret("NETVISOR_PARTNER_KEY"),
  organisationId: "1234567-8",
  host: "test",
  productGroup: "Verkkokauppa",
};

export interface Company {
  readonly accounting: Accounting & Required<Pick<Accounting, "credit">>;
  readonly simulator: NetvisorSimulator;
  readonly call: Call;
  /** What went over the wire, in order. */
  readonly sent: readonly HttpRequest[];
  /** How many records of a kind Netvisor holds. */
  count(kind: string): number;
}

/** What all processes of an installation share. */
export function memoryTokens(): TokenStore {
  const held = new Map<string, { value: string; expiresAt: Date; version: number }>();
  return {
    read: async (name) => held.get(name),
    write: async (name, value, expiresAt, version) => {
      if ((held.get(name)?.version ?? 0) !== version) return false;
      held.set(name, { value, expiresAt, version: version + 1 });
      return true;
    },
  };
}

export function aCompany(
  overrides: Partial<NetvisorOptions> = {},
  clock = now,
  tokens = memoryTokens(),
): Company {
  const connector = netvisor({ ...options, ...overrides });
  const simulator = simulateNetvisor(memoryKit(clock), options);
  const role = connector.connect({
    hosts: connector.hosts,
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: "netvisor", simulated: true },
    tokens,
  });
  const { credit } = role;
  assert.ok(credit);
  const sent: HttpRequest[] = [];
  const call = callTo(simulator, { now: clock });
  return {
    accounting: { ...role, credit },
    simulator,
    sent,
    call: {
      ...call,
      send: (request) => {
        sent.push(request);
        return call.send(request);
      },
    },
    count: (kind) => simulator.records().filter((record) => record.kind === kind).length,
  };
}

/** Does everything up to the invoice, as the pipeline would. */
export async function invoiced(company: Company, order: Order, vat: VatDecision) {
  const { accounting, call } = company;
  const { customerId } = await accounting.customer.run({ order }, call);
  const outcome = await attempt(accounting.invoice, { order, vat, customerId }, call, false);
  assert.ok(outcome.kind === "done", outcome.kind === "done" ? "" : outcome.error.message);
  return { customerId, ...outcome.output };
}

type Line = VatDecision["lines"][number];
type LooseLine = Pick<Line, "ratePercent" | "vat" | "gross"> & Partial<Line>;

/** What was decided for the sample order: all of it Finnish, 25.5 %. The last one of three lines is its shipping. */
export function aVatDecision(
  overrides: Partial<Omit<VatDecision, "lines">> & { readonly lines?: readonly LooseLine[] } = {},
): VatDecision {
  const eur = (minor: number) => money(minor, "EUR");
  const line = (vat: number, gross: number, of: Line["of"]) => ({
    ...{ of, ratePercent: "25.5", vat: eur(vat), gross: eur(gross) },
  });
  const {
    lines = [line(2738, 13473, 0), line(366, 1800, 1), line(140, 690, "shipping")],
    ...more
  } = overrides;
  const total = { net: eur(12719), vat: eur(3244), gross: eur(15963) };
  return {
    scheme: "domestic",
    territory: "FI",
    destination: "FI",
    taxPoint: "2026-11-23",
    total,
    groups: [{ ratePercent: "25.5", category: "S", ...total }],
    lines: lines.map((one, index) => ({
      of: index,
      category: "S",
      net: subtract(one.gross, one.vat),
      ...one,
    })),
    rounding: "line",
    mentions: [],
    sellerTaxIds: [{ type: "vat", value: "FI12345671" }],
    customsDeclarationRequired: false,
    reviews: [],
    explanation: "Consumer in Finland, domestic sale, 25.5 %.",
    ...more,
  };
}
