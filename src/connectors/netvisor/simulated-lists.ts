// What the simulated company tells: its lists and its invoices.
import { simulatedPdf } from "../../connector-kit/simulated-pdf.ts";
import type { Books, Invoice, Payment } from "./simulated-books.ts";
import { withComma, withPoint } from "./simulated-number.ts";
import { tag, wrap } from "./simulated-xml.ts";

const ansi = 'format="ansi"';

export function customerList(books: Books, query: URLSearchParams): string {
  const codes = query.get("customercodelist")?.split(",");
  const keyword = query.get("keyword")?.toLowerCase();
  const customers = books.customers.values().filter((one) => {
    if (codes && !codes.includes(one.code)) return false;
    return !keyword || `${one.name} ${one.code}`.toLowerCase().includes(keyword);
  });
  const items = customers.map((one) =>
    wrap(
      "Customer",
      tag("Netvisorkey", one.key) +
        tag("Name", one.name) +
        tag("Code", one.code) +
        tag("OrganisationIdentifier", one.businessId),
    ),
  );
  return wrap("Customerlist", items.join(""));
}

export function productList(books: Books, query: URLSearchParams): string {
  const keyword = query.get("keyword")?.toLowerCase();
  const products = books.products
    .values()
    .filter((one) => !keyword || `${one.name} ${one.code}`.toLowerCase().includes(keyword));
  const items = products.map((one) =>
    wrap(
      "Product",
      tag("NetvisorKey", one.key) +
        tag("ProductCode", one.code) +
        tag("Name", one.name) +
        tag("UnitPrice", one.unitPrice),
    ),
  );
  return wrap("ProductList", items.join(""));
}

export function salesInvoiceList(
  books: Books,
  query: URLSearchParams,
  tellsComments: boolean,
): string {
  const customer = books.customers
    .values()
    .find((one) => one.key === query.get("customernetvisorkey"));
  const filters: readonly [string, (invoice: Invoice, value: string) => boolean][] = [
    ["customercode", (one, value) => one.customerCode === value],
    ["customernetvisorkey", (one) => one.customerCode === customer?.code],
    ["begininvoicedate", (one, value) => one.date >= value],
    ["endinvoicedate", (one, value) => one.date <= value],
    ["invoicenumber", (one, value) => one.number === value],
    ["invoicestatus", (one, value) => one.status === value],
    ["invoicesabovenetvisorkey", (one, value) => Number(one.key) > Number(value)],
  ];
  const asked = filters.filter(([name]) => query.get(name));
  const found = books.invoices
    .values()
    .filter((one) => asked.every(([name, passes]) => passes(one, query.get(name) ?? "")));
  const hasComments = tellsComments && query.get("replyoption") === "1";
  return wrap("SalesInvoiceList", found.map((one) => listed(one, hasComments)).join(""));
}

function listed(invoice: Invoice, hasComments: boolean): string {
  const comment = tag("PrivateComment", invoice.privateComment);
  return wrap(
    "SalesInvoice",
    tag("NetvisorKey", invoice.key) +
      tag("InvoiceNumber", invoice.number) +
      tag("Invoicedate", invoice.date, ansi) +
      tag("InvoiceStatus", invoice.status, `substatus="${invoice.status}"`) +
      tag("CustomerCode", invoice.customerCode) +
      tag("CustomerName", invoice.customerName) +
      tag("ReferenceNumber", invoice.referenceNumber) +
      tag("InvoiceSum", withComma(invoice.sum)) +
      tag("OpenSum", withComma(invoice.openSum)) +
      tag("Uri", `https://isvapi.netvisor.fi/getsalesinvoice.nv?netvisorkey=${invoice.key}`) +
      (hasComments ? wrap("AdditionalInformation", comment) : ""),
  );
}

export function salesPaymentList(books: Books, query: URLSearchParams): string {
  const key = query.get("invoicenetvisorkey");
  const isAsked = (one: Payment) => !key || (one.isMatched && one.invoiceKey === key);
  const items = books.payments
    .values()
    .filter(isAsked)
    .map((one) => listedPayment(books, one));
  return wrap("SalesPaymentList", items.join(""));
}

function listedPayment(books: Books, payment: Payment): string {
  const invoice = payment.isMatched ? books.invoices.get(payment.invoiceKey) : undefined;
  const [year, month, day] = payment.date.split("-").map(Number);
  return wrap(
    "SalesPayment",
    tag("NetvisorKey", payment.key) +
      tag("Name", payment.name) +
      tag("Date", `${day}.${month}.${year}`) +
      tag("Sum", withComma(payment.sum)) +
      tag("ReferenceNumber", invoice?.referenceNumber ?? "") +
      tag("ForeignCurrencyAmount", payment.currency === "EUR" ? "" : withComma(payment.sum)) +
      tag("InvoiceNumber", invoice?.number ?? ""),
  );
}

export async function salesInvoice(
  invoice: Invoice | undefined,
  pdf: "pdf" | "broken" | "none",
): Promise<string> {
  if (!invoice) return wrap("SalesInvoice", "");
  const document = pdf === "pdf" ? await invoicePdf(invoice) : "";
  const bytes = pdf === "broken" ? "PGh0bWw+" : document;
  return wrap(
    "SalesInvoice",
    tag("SalesInvoiceNumber", invoice.number) +
      tag("SalesInvoiceDate", invoice.date, ansi) +
      tag("SalesInvoiceReferencenumber", invoice.referenceNumber) +
      tag(
        "SalesInvoiceAmount",
        withPoint(invoice.sum),
        `iso4217currencycode="${invoice.currency}" currencyrate="1"`,
      ) +
      tag("InvoiceStatus", invoice.status, `status="${invoice.status}"`) +
      tag("SalesInvoiceOurReference", invoice.ourReference) +
      tag("SalesInvoicePrivateComment", invoice.privateComment) +
      tag("InvoicingCustomerName", invoice.customerName) +
      wrap("InvoiceLines", wrap("InvoiceLine", invoice.lines.map(documentLine).join(""))) +
      (bytes ? tag("LastSentInvoicePDFBase64Data", bytes) : ""),
  );
}

function documentLine(line: Invoice["lines"][number]): string {
  return wrap(
    "SalesInvoiceProductLine",
    tag("productidentifier", line.code, 'type="customer"') +
      tag("ProductName", line.name) +
      tag("ProductUnitPrice", fourDecimals(line.unitPrice)) +
      tag("ProductVatPercentage", line.vatPercent, `vatcode="${line.vatCode}"`) +
      tag("SalesInvoiceProductLineQuantity", line.quantity) +
      tag("SalesInvoiceProductLineVatSum", withComma(line.vatSum)) +
      tag("SalesInvoiceProductLineSum", withComma(line.sum)),
  );
}

/** "6,90" is told as "6,9000". */
function fourDecimals(price: string): string {
  const [whole, fraction = ""] = price.split(",");
  return `${whole},${fraction.padEnd(4, "0")}`;
}

async function invoicePdf(invoice: Invoice): Promise<string> {
  const { number, date, customerName, currency, lines, sum, openSum, isCreditNote } = invoice;
  const rates = [...new Set(lines.map((line) => line.vatPercent))];
  const vatOf = (rate: string) =>
    lines.filter((line) => line.vatPercent === rate).reduce((all, line) => all + line.vatSum, 0);
  const bytes = await simulatedPdf([
    `${isCreditNote ? "Hyvityslasku / Credit note" : "Lasku / Invoice"} ${number}`,
    invoice.texts.salesinvoicefreetextbeforelines ?? "",
    `${date}   ${customerName}`,
    ...lines.map((line) => `${line.quantity} x ${line.name}   ${withComma(line.sum)} ${currency}`),
    ...rates.map((rate) => `ALV / VAT ${rate} %   ${withComma(vatOf(rate))} ${currency}`),
    `Yhteensä / Total   ${withComma(sum)} ${currency}`,
    `Avoinna / Open   ${withComma(openSum)} ${currency}`,
    `Viite / Reference ${invoice.referenceNumber}`,
  ]);
  return Buffer.from(bytes).toString("base64");
}
