// A sales invoice as the simulated company takes it in.
import { invalid, Refusal } from "./simulated-answer.ts";
import type { Books, Invoice, Line } from "./simulated-books.ts";
import { readDate, readNumber, readSum } from "./simulated-number.ts";
import { type Node, nodeAt, textAt } from "./simulated-xml.ts";

/** `lockedUntil` is the last day (YYYY-MM-DD) of a closed accounting period. */
export function addInvoice(books: Books, root: Node, lockedUntil: string | undefined): string {
  const invoice = nodeAt(root, "salesinvoice") ?? root;
  const text = (name: string) => textAt(invoice, name);
  const date = readDate(text("salesinvoicedate"), "salesinvoicedate");
  checkPeriod(date, lockedUntil);
  checkTerms(text("paymenttermnetdays"), text("salesinvoiceduedate"));
  const referenceNumber = checkReferenceNumber(text("salesinvoicereferencenumber"));
  const customer = customerOf(books, nodeAt(invoice, "invoicingcustomeridentifier"));
  const lines = (nodeAt(invoice, "invoicelines")?.children ?? []).flatMap((line) =>
    productLine(books, line),
  );
  const amount = text("salesinvoiceamount");
  // Empty: Netvisor adds up; given: it is used as it is.
  const sum = amount
    ? readSum(amount, "salesinvoiceamount")
    : lines.reduce((all, line) => all + line.sum, 0);
  const key = books.nextKey();
  books.invoices.set(key, {
    key,
    number: text("salesinvoicenumber") || books.nextInvoiceNumber(),
    date,
    status: statusOf(text("salesinvoicestatus")),
    customerCode: customer.code,
    customerName: customer.name,
    referenceNumber,
    ourReference: text("salesinvoiceourreference"),
    privateComment: text("salesinvoiceprivatecomment"),
    currency: nodeAt(invoice, "salesinvoiceamount")?.attributes.iso4217currencycode || "EUR",
    sum,
    openSum: sum,
    isCreditNote: sum < 0 || (sum === 0 && lines[0]?.quantity.startsWith("-") === true),
    matchedWith: "",
    lines,
    texts: Object.fromEntries(invoice.children.map((child) => [child.name, child.text])),
  });
  return key;
}

function checkPeriod(date: string, lockedUntil: string | undefined): void {
  if (lockedUntil !== undefined && date <= lockedUntil) {
    throw new Refusal("PERIOD_LOCK", `Accounting period is locked until ${lockedUntil}`);
  }
}

function checkTerms(netDays: string, dueDate: string): void {
  if (netDays === "" && dueDate === "") throw invalid("Payment term or due date is required");
}

function statusOf(text: string): Invoice["status"] {
  if (text === "open" || text === "unsent") return text;
  throw invalid(`Unknown invoice status: ${text}`);
}

/** Digits only, and the last one checks the others. */
function checkReferenceNumber(text: string): string {
  if (text === "") return text;
  if (!/^[1-9]\d{3,19}$/.test(text)) throw invalid(`Reference number is not valid: ${text}`);
  let sum = 0;
  for (let i = text.length - 2, place = 0; i >= 0; i--, place++) {
    sum += Number(text[i]) * ([7, 3, 1][place % 3] ?? 0);
  }
  const check = (10 - (sum % 10)) % 10;
  if (String(check) !== text.at(-1)) throw invalid(`Reference number is not valid: ${text}`);
  return text;
}

function customerOf(books: Books, node: Node | undefined) {
  const isOurs = node?.attributes.type === "customer";
  const customer = books.customers
    .values()
    .find((one) => (isOurs ? one.code : one.key) === node?.text);
  if (customer) return customer;
  throw invalid(
    `Customer not found with ${isOurs ? "code" : "Netvisor identifier"}: ${node?.text}`,
  );
}

function productLine(books: Books, invoiceline: Node): Line[] {
  const line = nodeAt(invoiceline, "salesinvoiceproductline");
  if (!line) return [];
  const text = (name: string) => textAt(line, name);
  const identifier = nodeAt(line, "productidentifier");
  const isOurs = identifier?.attributes.type === "customer";
  const product = books.products
    .values()
    .find((one) => (isOurs ? one.code : one.key) === identifier?.text);
  if (!product) throw invalid(`Product not found with code: ${identifier?.text}`);
  const sums = sumsOf(line);
  return [
    {
      code: product.code,
      name: text("productname") || product.name,
      unitPrice: text("productunitprice"),
      vatPercent: text("productvatpercentage"),
      vatCode: nodeAt(line, "productvatpercentage")?.attributes.vatcode ?? "",
      quantity: text("salesinvoiceproductlinequantity"),
      account: text("accountingaccountsuggestion"),
      ...sums,
    },
  ];
}

/** VAT sum and line sum are used only when both are given; else Netvisor works them out and rounds. */
function sumsOf(line: Node): { vatSum: number; sum: number } {
  const text = (name: string) => textAt(line, name);
  const quantity = readNumber(text("salesinvoiceproductlinequantity"), "quantity");
  const price = readNumber(text("productunitprice"), "productunitprice");
  const rate = readNumber(text("productvatpercentage"), "productvatpercentage");
  const [vatSum, sum] = [text("salesinvoiceproductlinevatsum"), text("salesinvoiceproductlinesum")];
  if (vatSum && sum) return { vatSum: readSum(vatSum, "vatsum"), sum: readSum(sum, "linesum") };
  const isGross = nodeAt(line, "productunitprice")?.attributes.type === "gross";
  const net = isGross ? (price * quantity) / (1 + rate / 100) : price * quantity;
  const gross = Math.round(net * (1 + rate / 100) * 100);
  return { vatSum: gross - Math.round(net * 100), sum: gross };
}
