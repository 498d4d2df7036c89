// Netvisor for one company, as far as a web shop needs it.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { localDate } from "../../order/local-date.ts";
import type { DocumentKind } from "./field-order.ts";
import { answerInserted, answerOk, answerRefusal, invalid, Refusal } from "./simulated-answer.ts";
import { type Books, booksOf, recordsOf } from "./simulated-books.ts";
import { type Company, doorOf } from "./simulated-door.ts";
import { checkDocument } from "./simulated-dtd.ts";
import { addInvoice } from "./simulated-invoice.ts";
import { addCustomer, addPayment, addProduct } from "./simulated-ledger.ts";
import {
  customerList,
  productList,
  salesInvoice,
  salesInvoiceList,
  salesPaymentList,
} from "./simulated-lists.ts";
import { matchCreditNote } from "./simulated-match.ts";
import { readRequest } from "./simulated-xml.ts";

export interface NetvisorSimulator extends Simulator {
  /** Requests that came while another was being answered; Netvisor wants one at a time. */
  readonly overlaps: number;
}

const moods = {
  "strict-serial": "A request that comes before the last one was answered gets TECHNICAL_ERROR.",
  "technical-error": "Every request gets TECHNICAL_ERROR and does nothing.",
  maintenance: "Every request gets SYSTEM_MAINTANANCE.",
  "no-right": "The key has no right to any resource: SERVICE_ACCESS_ERROR.",
  "period-locked": "The accounting period up to today is closed: PERIOD_LOCK for invoices.",
  "match-refused": "A credit note can not be matched with an invoice that is paid: INVALID_DATA.",
  "without-comments": "Lists of invoices keep the private comment to themselves.",
  "always-200": "Every answer is HTTP 200, whatever its Status says.",
  "unique-codes": "A customer or product code that exists is refused with DUPLICATE_DATA.",
  "broken-pdf": "The PDF of an invoice is a web page.",
};

const secrets = { customerKey: "1".repeat(32), partnerKey: "2".repeat(32) };

export function simulateNetvisor(kit: SimulatorKit, company: Company): NetvisorSimulator {
  const books = booksOf(kit);
  const letIn = doorOf(company, secrets, kit.now);
  const on = new Set<string>();
  let inFlight = 0;
  let overlaps = 0;

  async function fetch(request: Request): Promise<Response> {
    const isOverlap = inFlight > 0;
    inFlight += 1;
    if (isOverlap) overlaps += 1;
    try {
      const body = await request.text();
      letIn(request);
      refuseByMood(on, isOverlap);
      return await handle(request, body, books, on, kit.now());
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const asked = request.headers.get("x-netvisor-authentication-usehttpresponsestatuscodes");
      return answerRefusal(kit.now(), thrown, asked === "1" && !on.has("always-200"));
    } finally {
      inFlight -= 1;
    }
  }

  return {
    provider: "netvisor",
    secrets,
    maxServerMs: 1_000,
    maxLagMs: 0,
    fetch,
    records: () => recordsOf(books),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
    get overlaps() {
      return overlaps;
    },
  };
}

function refuseByMood(on: ReadonlySet<string>, isOverlap: boolean): void {
  if (on.has("maintenance")) throw new Refusal("SYSTEM_MAINTANANCE", "Netvisor is being updated");
  if (on.has("no-right")) throw new Refusal("SERVICE_ACCESS_ERROR", "No right to the resource");
  if (on.has("technical-error")) throw new Refusal("TECHNICAL_ERROR", "Unexpected error");
  if (isOverlap && on.has("strict-serial")) {
    throw new Refusal("TECHNICAL_ERROR", "Another request is being handled");
  }
}

async function handle(
  request: Request,
  body: string,
  books: Books,
  on: ReadonlySet<string>,
  now: Date,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const resource = (pathname.split("/").at(-1) ?? "").toLowerCase();
  const query = new URLSearchParams(
    [...searchParams].map(([name, value]): [string, string] => [name.toLowerCase(), value]),
  );
  if (request.method === "POST") {
    const key = take(resource, query, body, books, on, now);
    return key === undefined ? answerOk(now, "") : answerInserted(now, key);
  }
  return answerOk(now, await tell(resource, query, books, on));
}

/** The key of the new record, if there is one. */
function take(
  resource: string,
  query: URLSearchParams,
  body: string,
  books: Books,
  on: ReadonlySet<string>,
  now: Date,
): string | undefined {
  const kind = kinds[resource];
  if (!kind) throw invalid(`Unknown resource: ${resource}`);
  if (hasMethod.includes(kind) && query.get("method") !== "add") {
    throw invalid("This simulator takes method=add only");
  }
  const root = readRequest(body);
  if (!root) throw invalid("The document is not XML");
  checkDocument(kind, root);
  const today = localDate(now, "Europe/Helsinki");
  switch (kind) {
    case "customer":
      return addCustomer(books, root, on.has("unique-codes"));
    case "product":
      return addProduct(books, root, on.has("unique-codes"));
    case "salespayment":
      return addPayment(books, root);
    case "salesinvoice":
      return addInvoice(books, root, on.has("period-locked") ? today : undefined);
    case "matchcreditnote":
      return matchCreditNote(books, root, on.has("match-refused"));
  }
}

const hasMethod: readonly DocumentKind[] = ["customer", "product", "salesinvoice"];

const kinds: Readonly<Record<string, DocumentKind>> = {
  "customer.nv": "customer",
  "product.nv": "product",
  "salesinvoice.nv": "salesinvoice",
  "salespayment.nv": "salespayment",
  "matchcreditnote.nv": "matchcreditnote",
};

async function tell(
  resource: string,
  query: URLSearchParams,
  books: Books,
  on: ReadonlySet<string>,
): Promise<string> {
  switch (resource) {
    case "customerlist.nv":
      return customerList(books, query);
    case "productlist.nv":
      return productList(books, query);
    case "salesinvoicelist.nv":
      return salesInvoiceList(books, query, !on.has("without-comments"));
    case "salespaymentlist.nv":
      return salesPaymentList(books, query);
    case "getsalesinvoice.nv": {
      const invoice = books.invoices.get(query.get("netvisorkey") ?? "");
      const wantsPdf = query.get("pdfimage") === "pdf";
      return salesInvoice(invoice, wantsPdf ? (on.has("broken-pdf") ? "broken" : "pdf") : "none");
    }
    default:
      throw invalid(`Unknown resource: ${resource}`);
  }
}
