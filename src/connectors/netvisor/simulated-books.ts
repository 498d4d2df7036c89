// What the simulated company holds, as JSON, so that a restart finds it again.
import type { Collection, SimulatedRecord, SimulatorKit } from "../../connector-kit/simulator.ts";

export interface Customer {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly businessId: string;
  readonly email: string;
}

export interface Product {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly unitPrice: string;
}

export interface Line {
  readonly code: string;
  readonly name: string;
  readonly unitPrice: string;
  readonly vatPercent: string;
  readonly vatCode: string;
  readonly quantity: string;
  readonly account: string;
  /** Cents. */
  readonly vatSum: number;
  readonly sum: number;
}

export interface Invoice {
  readonly key: string;
  readonly number: string;
  readonly date: string;
  readonly status: "open" | "paid" | "unsent";
  readonly customerCode: string;
  readonly customerName: string;
  readonly referenceNumber: string;
  readonly ourReference: string;
  readonly privateComment: string;
  readonly currency: string;
  /** Cents; below zero for a credit note. */
  readonly sum: number;
  /** What is still to be paid; below zero is owed to the customer. */
  readonly openSum: number;
  readonly isCreditNote: boolean;
  /** The key of what it was matched with; "" until then. */
  readonly matchedWith: string;
  readonly lines: readonly Line[];
  /** All other texts of the document, by element. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface Payment {
  readonly key: string;
  readonly invoiceKey: string;
  /** False when there was nothing to pay: it stays unmatched in the books. */
  readonly isMatched: boolean;
  readonly date: string;
  readonly name: string;
  readonly method: string;
  readonly currency: string;
  readonly sum: number;
}

export interface Books {
  readonly customers: Collection<Customer>;
  readonly products: Collection<Product>;
  readonly invoices: Collection<Invoice>;
  readonly payments: Collection<Payment>;
  /** One series of keys for everything. */
  nextKey(): string;
  nextInvoiceNumber(): string;
}

export function booksOf(kit: SimulatorKit): Books {
  const customers = kit.collection<Customer>("customers");
  const products = kit.collection<Product>("products");
  const invoices = kit.collection<Invoice>("invoices");
  const payments = kit.collection<Payment>("payments");
  return {
    customers,
    products,
    invoices,
    payments,
    nextKey: () => String(501 + customers.size + products.size + invoices.size + payments.size),
    nextInvoiceNumber: () => String(1001 + invoices.size),
  };
}

export function recordsOf({ customers, products, invoices, payments }: Books): SimulatedRecord[] {
  const record = (kind: string, id: string, reference: string, fields: object) => ({
    kind,
    id,
    reference,
    fields: { ...fields },
  });
  return [
    ...customers.values().map((one) => record("customer", one.key, "", one)),
    ...products.values().map((one) => record("product", one.key, "", one)),
    ...invoices.values().map((one) => {
      const kind = one.isCreditNote ? "credit-note" : "invoice";
      return record(kind, one.key, one.ourReference, one);
    }),
    ...payments.values().map((one) => {
      const reference = invoices.get(one.invoiceKey)?.ourReference ?? "";
      return record("payment", one.key, reference, one);
    }),
  ];
}
