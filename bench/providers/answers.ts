// What the stand-ins for the providers answer: the smallest thing that their clients can use, and a label of true size.
import type { Endpoint } from "./endpoints.ts";

/** 30 KB, which are 40 KB in base64: a label as carriers send it. */
const label = Buffer.alloc(30 * 1024, 7).toString("base64");

interface Answer {
  readonly mediaType: string;
  readonly body: string;
}

export function answerOf(endpoint: Endpoint, order: string): Answer {
  if (endpoint === "netvisor") return { mediaType: "text/xml", body: invoiceXml(order) };
  return { mediaType: "application/json", body: jsonOf[endpoint](order) };
}

const jsonOf: Readonly<Record<Exclude<Endpoint, "netvisor">, (order: string) => string>> = {
  stripe: (order) =>
    JSON.stringify({
      id: order,
      object: "payment_intent",
      amount: 12_900,
      currency: "eur",
      created: 1_795_000_000,
      livemode: false,
      receipt_email: `${order}@example.com`,
      metadata: { locale: "fi" },
      shipping: {
        name: "Example Buyer",
        address: {
          line1: "Mannerheimintie 12 A 3",
          city: "Helsinki",
          postal_code: "00100",
          country: "FI",
        },
      },
      line_items: [
        { name: "Blackout curtain 140x250", quantity: 2, total: 10_900 },
        { name: "Ceiling rail 2 m", quantity: 1, total: 2_000 },
      ],
    }),
  "zoho-contact": (order) => JSON.stringify({ data: [{ id: `contact-${order}` }] }),
  "zoho-deal": (order) =>
    JSON.stringify({ data: [{ code: "SUCCESS", details: { id: `deal-${order}` } }] }),
  airtable: (order) => JSON.stringify({ id: `rec-${order}`, fields: {} }),
  postnord: (order) =>
    `{"bookingId":"booking-${order}","parcelNumber":"${parcelNumber(order)}","pdf":"${label}"}`,
  mailgun: (order) => JSON.stringify({ id: `<${order}@mg.example.com>`, message: "Queued." }),
};

/** Letters and digits only, as carriers number their parcels. */
const parcelNumber = (order: string) => `PN${order.replaceAll(/[^A-Za-z0-9]/g, "")}`.slice(0, 40);

const invoiceXml = (order: string) =>
  `<?xml version="1.0" encoding="utf-8"?><Root><ResponseStatus><Status>OK</Status></ResponseStatus>` +
  `<Replies><InsertedDataIdentifier>${order}</InsertedDataIdentifier></Replies></Root>`;
