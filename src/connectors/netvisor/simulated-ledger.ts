// Customers, products and payments as the simulated company takes them in.
import { invalid, Refusal } from "./simulated-answer.ts";
import type { Books, Invoice } from "./simulated-books.ts";
import { readDate, readNumber, readSum } from "./simulated-number.ts";
import { type Node, nodeAt, textAt } from "./simulated-xml.ts";

export function addCustomer(books: Books, root: Node, codesAreUnique: boolean): string {
  const text = (name: string) => textAt(root, "customer", "customerbaseinformation", name);
  const code = text("internalidentifier");
  const key = books.nextKey();
  if (!text("name")) throw invalid("Customer name is missing");
  refuseDuplicate(
    codesAreUnique && books.customers.values().some((one) => one.code === code),
    code,
  );
  books.customers.set(key, {
    key,
    code,
    name: text("name"),
    businessId: text("externalidentifier"),
    email: text("email"),
  });
  return key;
}

export function addProduct(books: Books, root: Node, codesAreUnique: boolean): string {
  const text = (name: string) => textAt(root, "product", "productbaseinformation", name);
  const code = text("productcode");
  const key = books.nextKey();
  if (!text("name") || !text("productgroup")) throw invalid("Product name or group is missing");
  readNumber(text("unitprice"), "unitprice");
  refuseDuplicate(codesAreUnique && books.products.values().some((one) => one.code === code), code);
  books.products.set(key, {
    key,
    code,
    name: text("name"),
    group: text("productgroup"),
    unitPrice: text("unitprice"),
  });
  return key;
}

function refuseDuplicate(isDuplicate: boolean, code: string): void {
  if (isDuplicate) throw new Refusal("DUPLICATE_DATA", `Code is already in use: ${code}`);
}

/** A payment of a paid invoice is taken too; it just matches nothing. */
export function addPayment(books: Books, root: Node): string {
  const text = (name: string) => textAt(root, "salespayment", name);
  const target = nodeAt(root, "salespayment", "targetidentifier");
  const invoice = targetOf(books, target?.text ?? "", target?.attributes.type ?? "");
  if (!invoice) throw invalid(`Invoice not found: ${target?.text ?? ""}`);
  if (!text("sourcename")) throw invalid("Source name is missing");
  if (!text("paymentmethod")) throw invalid("Payment method is missing");
  const currency = nodeAt(root, "salespayment", "sum")?.attributes.currency ?? "EUR";
  const sum = readSum(text("sum"), "sum");
  const isMatched =
    invoice.status === "open" && invoice.openSum > 0 && currency === invoice.currency;
  const key = books.nextKey();
  books.payments.set(key, {
    key,
    invoiceKey: invoice.key,
    isMatched,
    date: readDate(text("paymentdate"), "paymentdate"),
    name: text("sourcename"),
    method: text("paymentmethod"),
    currency,
    sum,
  });
  if (isMatched) books.invoices.set(invoice.key, afterPayment(invoice, sum));
  return key;
}

function afterPayment(invoice: Invoice, sum: number): Invoice {
  const openSum = Math.max(0, invoice.openSum - sum);
  return { ...invoice, openSum, status: openSum === 0 ? "paid" : invoice.status };
}

function targetOf(books: Books, id: string, type: string): Invoice | undefined {
  return books.invoices.values().find((invoice) => {
    if (type === "invoicenumber") return invoice.number === id;
    if (type === "reference") return invoice.referenceNumber === id;
    return invoice.key === id;
  });
}
