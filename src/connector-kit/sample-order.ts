// An order for tests: VAT-inclusive, two lines and shipping, to Helsinki. Builders name only what matters.
import { money } from "../order/money.ts";
import type { Order } from "../order/order.ts";

export function anOrder(overrides: Partial<Order> = {}): Order {
  const eur = (minor: number) => money(minor, "EUR");
  const vat = (minor: number) => [
    { ratePercent: "25.5", amount: eur(minor), country: "FI", reason: "standard_rated" },
  ];
  return {
    reference: "ABCDEFGHJK1234",
    store: "pikkuna",
    payment: {
      provider: "stripe",
      object: "cs_test_sample",
      paymentIntent: "pi_sample",
      charge: "ch_sample",
      livemode: false,
    },
    shopOrder: "PK-10482",
    paidAt: "2026-11-23T11:59:00Z",
    currency: "EUR",
    lines: [
      {
        id: "li_1",
        description: "Blackout curtain 140×250",
        sku: "CUR-140-250",
        quantity: 3,
        subtotal: eur(14970),
        discount: eur(1497),
        tax: eur(2738),
        total: eur(13473),
        taxes: vat(2738),
        weightGrams: 1350,
        hsCode: "630392",
      },
      {
        id: "li_2",
        description: "Ceiling rail 2 m",
        sku: "RAIL-2M",
        quantity: 1,
        subtotal: eur(2000),
        discount: eur(200),
        tax: eur(366),
        total: eur(1800),
        taxes: vat(366),
        weightGrams: 900,
      },
    ],
    shipping: { description: "Shipping", tax: eur(140), total: eur(690), taxes: vat(140) },
    discount: eur(1697),
    tax: eur(3244),
    total: eur(15963),
    taxSource: "lines",
    buyer: {
      name: "Example Buyer",
      email: "buyer@example.com",
      phone: "+358401234567",
      address: {
        line1: "Mannerheimintie 12 A 3",
        city: "Helsinki",
        postalCode: "00100",
        country: "FI",
      },
    },
    shipTo: {
      name: "Example Buyer",
      email: "buyer@example.com",
      phone: "+358401234567",
      address: {
        line1: "Mannerheimintie 12 A 3",
        city: "Helsinki",
        postalCode: "00100",
        country: "FI",
      },
    },
    taxIds: [],
    locale: { tag: "fi", source: "session" },
    customFields: {},
    metadata: {},
    notes: [],
    ...overrides,
  };
}
