// Who buys in the sandbox: one placeholder for each language, with letters that naive code garbles.
import type { SimulatedBuyer, SimulatedLine } from "../connectors/stripe/payment-spec.ts";

export interface Shopper {
  readonly country: string;
  readonly locale: string;
  readonly currency: string;
  readonly vatPercent: number;
  readonly buyer: Omit<SimulatedBuyer, "email">;
  readonly lines: readonly SimulatedLine[];
  readonly shippingAmount: number;
}

const curtain = (description: string, unitAmount: number): SimulatedLine => ({
  description,
  sku: "CUR-140-250",
  unitAmount,
  quantity: 2,
  weightGrams: 1350,
  hsCode: "630392",
});
const rail = (description: string, unitAmount: number): SimulatedLine => ({
  description,
  sku: "RAIL-2M",
  unitAmount,
  quantity: 1,
  weightGrams: 900,
  hsCode: "830241",
});

export const shoppers = {
  finnish: {
    country: "FI",
    locale: "fi",
    currency: "EUR",
    vatPercent: 25.5,
    buyer: {
      name: "Testi Ostäjä",
      phone: "+358401234567",
      address: { line1: "Hämeenkatu 10 B 4", city: "Tampere", postalCode: "33100" },
    },
    lines: [curtain("Pimennysverho 140×250 ”Näkö”", 4990), rail("Kattokisko 2 m", 2000)],
    shippingAmount: 690,
  },
  swedish: {
    country: "SE",
    locale: "sv",
    currency: "EUR",
    vatPercent: 25,
    buyer: {
      name: "Test Kund Öberg",
      phone: "+46701234567",
      address: { line1: "Storgatan 1", city: "Malmö", postalCode: "211 34" },
    },
    lines: [curtain("Mörkläggningsgardin 140×250", 5190)],
    shippingAmount: 990,
  },
  estonian: {
    country: "EE",
    locale: "et",
    currency: "EUR",
    vatPercent: 24,
    buyer: {
      name: "Näidis Ostja Õun",
      phone: "+37251234567",
      address: { line1: "Pärnu maantee 10-4", city: "Tallinn", postalCode: "10148" },
    },
    lines: [curtain("Pimenduskardin 140×250", 4890), rail("Laesiin 2 m", 1950)],
    shippingAmount: 890,
  },
  german: {
    country: "DE",
    locale: "de",
    currency: "EUR",
    vatPercent: 19,
    buyer: {
      name: "Muster Käufer Groß",
      phone: "+4915112345678",
      address: { line1: "Friedrichstraße 12", city: "Berlin", postalCode: "10117" },
    },
    lines: [curtain("Verdunkelungsvorhang 140×250", 4790)],
    shippingAmount: 1290,
  },
  english: {
    country: "NL",
    locale: "en-GB",
    currency: "EUR",
    vatPercent: 21,
    buyer: {
      name: "Example Buyer",
      phone: "+31612345678",
      address: { line1: "Keizersgracht 123", city: "Amsterdam", postalCode: "1015 CJ" },
    },
    lines: [curtain("Blackout curtain 140×250", 4890), rail("Ceiling rail 2 m", 1990)],
    shippingAmount: 1290,
  },
} as const satisfies Record<string, Shopper>;
