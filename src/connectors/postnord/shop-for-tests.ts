// A shop at the simulated PostNord, for tests. Builders name only what matters.
import { readFileSync } from "node:fs";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { secret, type Wiring } from "../../connector-kit/connector.ts";
import { misbehaving } from "../../connector-kit/misbehaviour.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { money } from "../../order/money.ts";
import type { Address, Order, Party } from "../../order/order.ts";
import { postnord } from "./connector.ts";
import type { PostnordOptions } from "./postnord-options.ts";

export const finnishSender: PostnordOptions = {
  apiKey: secret("POSTNORD_API_KEY"),
  issuer: "Z14",
  customerNumber: "0111111118",
  applicationId: 9999,
  sender: {
    name: "Example Shop Oy",
    streets: ["Satamakatu 3"],
    postalCode: "00160",
    city: "Helsinki",
    country: "FI",
    contactName: "Warehouse",
    email: "warehouse@example.com",
    phone: "+358401112223",
  },
};

export const swedishSender: Partial<PostnordOptions> = {
  issuer: "Z12",
  customerNumber: "12345678",
  sender: {
    name: "Exempel Butik AB",
    streets: ["Sveavägen 1"],
    postalCode: "11157",
    city: "Stockholm",
    country: "SE",
    contactName: "Lager",
    email: "lager@example.com",
    phone: "+46701112233",
  },
  customs: { vatNumber: "SE556677889901", eoriNumber: "SE5566778899", voec: "2000001" },
};

export function aShop(options: Partial<PostnordOptions> = {}, now = () => new Date(clock)) {
  const connector = postnord({ ...finnishSender, ...options });
  const simulator = misbehaving(connector.simulate(memoryKit(now)));
  const wiring: Wiring = {
    hosts: connector.hosts,
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: connector.provider, simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const carrier = connector.connect(wiring);
  const call = callTo(simulator, { now });
  return {
    connector,
    simulator,
    wiring,
    carrier,
    call,
    book: (order: Order, isRepeat = false) => attempt(carrier.book, { order }, call, isRepeat),
    parcels: () => simulator.records(),
  };
}

const clock = "2026-11-23T12:00:00Z";

/** An order of a consumer in Tampere, or of whoever is named. */
export function orderTo(party: Partial<Party> = {}, address: Partial<Address> = {}): Order {
  const { shipTo } = anOrder();
  const to = { ...shipTo, ...party, address: { ...shipTo.address, ...address } };
  return anOrder({ shipTo: to, buyer: to });
}

/** Curtains to New York, or to whatever place, with all that customs wants to know. */
export function americanOrder(address: Partial<Address> = {}): Order {
  const newYork = { line1: "5 Example Ave", city: "New York", state: "NY", postalCode: "10001" };
  const order = orderTo({ phone: "+12125550123" }, { ...newYork, country: "US", ...address });
  const goods = { hsCode: "630392", originCountry: "EE", tax: money(0, "EUR"), taxes: [] };
  return { ...order, lines: order.lines.map((line) => ({ ...line, ...goods })) };
}

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

export function answer(body: unknown, status = 200) {
  return {
    status,
    headers: {},
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
    request: { method: "POST", url: "https://api2.postnord.com/" },
  } as const;
}

/** The keys and the kinds of their values, without the values. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((each) => JSON.stringify(shapeOf(each))))];
  if (value === null || typeof value !== "object") return typeof value;
  const keys = Object.entries(value).map(([key, each]) => [key, shapeOf(each)] as const);
  return Object.fromEntries(keys.sort(([a], [b]) => (a < b ? -1 : 1)));
}
