// What Netvisor does that naive code gets wrong.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "two-statuses",
    what: "A refusal may come with HTTP 200; the body says FAILED in one Status and the reason in a second.",
    tests: [
      "HTTP 200 over a refusal is no success: the invoice is not made, and a person is told why",
      "HTTP statuses come only when they are asked for; the body fails either way",
    ],
  },
  {
    id: "key-is-not-the-number",
    what: "The reply to a new invoice is Netvisor's key; the number on the invoice has to be read.",
    tests: ["the invoice number is Netvisor's number, not the key of its reply"],
  },
  {
    id: "decimal-comma",
    what: "Requests are read with a decimal comma only; answers mix commas, points and four decimals.",
    tests: [
      "an invoice with a decimal point is INVALID_DATA",
      "our invoice is the example invoice, with the buyer's address in it",
      "every example of an answer is read, those of Netvisor's own documentation too",
    ],
  },
  {
    id: "day-of-the-books",
    what: "An invoice belongs to the day, and so to the VAT period, where the books are kept, not to the day in UTC.",
    tests: [
      "an order paid after midnight in Helsinki is invoiced on the new day",
      "an order paid at 22:30 UTC on the last of the month belongs to the next VAT period",
      "a credit note is of the day on which it is made in Helsinki, not of the day of the sale",
    ],
  },
  {
    id: "order-and-products",
    what: "Elements come in the order of the DTD, and only products that exist can be invoiced, shipping and discounts too.",
    tests: [
      "elements are written in the order of the DTD, whatever order they are given in",
      "products are made once, shipping too, and then not even asked for",
      "a discount line is a product of its own: its pieces are below zero, its price is not",
    ],
  },
  {
    id: "own-rounding",
    what: "Netvisor rounds VAT and sums by itself unless both are given for a line.",
    tests: [
      "the invoice holds the charge to the cent: VAT and sum of each line are ours",
      "lines that do not sum to the charge stop the invoice",
      "a line's own sums count only when both are given",
    ],
  },
  {
    id: "unsent-is-sent",
    what: "An invoice with the status unsent is sent to the customer by Netvisor; one that was paid is to be open, and its payment recorded.",
    tests: [
      "the invoice holds the charge to the cent: VAT and sum of each line are ours",
      "a payment closes the invoice, and is found when its answer was lost",
    ],
  },
  {
    id: "one-at-a-time",
    what: "A company takes one request at a time, and each may take two minutes.",
    tests: [
      "a company is called by one at a time, and waited for as long as Netvisor asks",
      "requests of one action never overlap, as Netvisor demands",
    ],
  },
  {
    id: "fresh-signature",
    what: "Every request needs a new transaction id and time, and a MAC over the exact URL in ISO 8859-1.",
    tests: [
      "every request has its own transaction id, timestamp and MAC",
      "the MAC equals the vector, counted in ISO 8859-1",
      "a sku with an apostrophe is signed as it travels",
    ],
  },
  {
    id: "refund-is-a-credit-note",
    what: "Money that went back is a credit note below zero that is then matched with its invoice; VAT is given back line by line.",
    tests: [
      "a credit note mirrors its invoice: every line's pieces, VAT and sum below zero, at its price",
      "matched with a paid invoice, the credit note is even and the money is owed back",
      "a credit note that Netvisor does not match is named to a person, and not made again",
    ],
  },
  {
    id: "not-for-retries",
    what: "A closed accounting period and a distance sale without a VAT code are refused however often they are tried.",
    tests: [
      "a closed accounting period needs a person, not a retry",
      "a distance sale without a code makes nothing; with one it is booked on its account",
      "a code of Finnish or intra-community sales is refused for distance sales when the configuration is read",
    ],
  },
  {
    id: "company-buyers",
    what: "EUMY is for companies with a VAT number in another EU country; for consumers it falsifies the list of EU sales.",
    tests: [
      "EUMY is never for consumers: without a VAT number the invoice stops",
      "a company buyer is no private customer, and its business id has a dash",
    ],
  },
];
