// Issues an invoice, or the credit note that takes one back. Asked again under its key, the same document.
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Books, DocumentKind, IssuedDocument } from "../../connector-kit/books.ts";
import {
  type CreditOutput,
  creditOutput,
  grossOf,
  invoiceOutput,
} from "../../connector-kit/outputs.ts";
import type { Accounting } from "../../connector-kit/roles.ts";
import { localDate } from "../../order/local-date.ts";
import { toDecimal } from "../../order/money.ts";
import { type Draft, draftOf, placed, type Sale } from "./compose-content.ts";
import { type BuiltinSettings, seriesOf } from "./options.ts";

type Invoice = Accounting["invoice"];
type Credit = NonNullable<Accounting["credit"]>;

export function invoiceAction(
  settings: BuiltinSettings,
  connection: Connection,
  books: () => Books,
): Invoice {
  return {
    ...{ name: "builtin.invoice", connection, output: invoiceOutput },
    // The key of the change is the document's own in the database.
    repeat: { how: "safe" },
    record: ({ invoiceId }) => ({ id: invoiceId }),
    async run({ order, vat }, call) {
      const draft = draftOf({ order, vat }, "invoice", settings);
      const issued = await issue(books(), settings, { order, vat }, draft, call);
      const { label, issuedOn, gross } = issued;
      return { invoiceId: label, invoiceNumber: label, issuedOn, gross: grossOf(gross) };
    },
  };
}

export function creditAction(
  settings: BuiltinSettings,
  connection: Connection,
  books: () => Books,
): Action<Parameters<Credit["run"]>[0], CreditOutput> {
  return {
    ...{ name: "builtin.credit", connection, output: creditOutput },
    repeat: { how: "safe" },
    record: ({ creditNoteId }) => ({ id: creditNoteId }),
    async run({ order, vat, invoiceId, invoiceNumber }, call) {
      const invoice = await books().find(settings.books, invoiceId);
      if (invoice?.kind !== "invoice") {
        const message = `The books of ${settings.books} hold no invoice ${invoiceNumber}: nothing was credited.`;
        throw new ActionError("permanent", message, { cause: "request.refused" });
      }
      const corrects = { number: invoice.label, issuedOn: invoice.issuedOn };
      const draft = draftOf({ order, vat }, "credit-note", settings, corrects);
      refuseOtherSum(invoice, draft, "invoice.total_differs");
      const issued = await issue(books(), settings, { order, vat }, draft, call);
      const { label, issuedOn, gross } = issued;
      return { creditNoteId: label, creditNoteNumber: label, issuedOn, gross: grossOf(gross) };
    },
  };
}

async function issue(
  books: Books,
  settings: BuiltinSettings,
  { order }: Sale,
  draft: Draft,
  call: Call,
): Promise<IssuedDocument> {
  const today = localDate(call.now(), settings.timeZone);
  const { kind, corrects, total } = draft;
  const issued = await books.issue({
    books: settings.books,
    series: seriesOf(settings, kind, today),
    ...{ kind, key: call.key, store: order.store, reference: order.reference, today },
    ...(corrects ? { corrects: corrects.number } : {}),
    compose: (place) => ({ ...total, content: placed(draft, place) }),
  });
  refuseOtherSum(issued, draft, "record.exists_differently");
  return issued;
}

const names: Readonly<Record<DocumentKind, string>> = {
  invoice: "Invoice",
  "credit-note": "Credit note",
};

/** Net, VAT and gross to the cent: an invoice is never changed, and its credit note is its mirror. */
function refuseOtherSum(
  document: IssuedDocument,
  { total }: Draft,
  cause: "record.exists_differently" | "invoice.total_differs",
): void {
  const isSame = (["net", "vat", "gross"] as const).every(
    (name) =>
      document[name].minor === total[name].minor &&
      document[name].currency === total[name].currency,
  );
  if (isSame) return;
  const [there, here] = [document.gross, total.gross].map((m) => `${toDecimal(m)} ${m.currency}`);
  const message = `${names[document.kind]} ${document.label} was issued over ${there}, and this order comes to ${here} or to other VAT: it is not changed any more. Credit it by hand.`;
  throw new ActionError("permanent", message, { cause });
}
