// A credit note takes from its invoice what is open of both; what is left below zero is owed to the customer.
import { invalid } from "./simulated-answer.ts";
import type { Books, Invoice } from "./simulated-books.ts";
import { type Node, textAt } from "./simulated-xml.ts";

/** Both must be sent, in one currency, and not matched before. Answers OK without a key. */
export function matchCreditNote(books: Books, root: Node, refusesPaid: boolean): undefined {
  const held = (name: string): Invoice => {
    const key = textAt(root, "matchcreditnote", name);
    const document = books.invoices.get(key);
    if (!document) throw invalid(`Invoice not found with Netvisor identifier: ${key}`);
    if (document.status === "unsent") throw invalid(`Invoice ${document.number} is not sent`);
    return document;
  };
  const note = held("creditnotenetvisorkey");
  const invoice = held("invoicenetvisorkey");
  if (!note.isCreditNote) throw invalid(`Invoice ${note.number} is not a credit note`);
  if (invoice.isCreditNote) throw invalid(`Invoice ${invoice.number} is a credit note`);
  if (note.currency !== invoice.currency) throw invalid("Currencies differ");
  if (note.matchedWith) throw invalid(`Credit note ${note.number} is matched already`);
  if (refusesPaid && invoice.status === "paid") throw invalid(`Invoice ${invoice.number} is paid`);
  books.invoices.set(note.key, settled({ ...note, matchedWith: invoice.key }, 0));
  const left = invoice.openSum + note.openSum;
  books.invoices.set(invoice.key, settled({ ...invoice, matchedWith: note.key }, left));
}

function settled(document: Invoice, openSum: number): Invoice {
  return { ...document, openSum, status: openSum === 0 ? "paid" : "open" };
}
