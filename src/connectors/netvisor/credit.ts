// Credits a whole invoice: a credit note that mirrors it to the cent, matched with it.
import type { Action, Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { asActionError } from "../../connector-kit/attempt.ts";
import { type CreditOutput, creditOutput } from "../../connector-kit/outputs.ts";
import { localDate } from "../../order/local-date.ts";
import { negate } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import type { ListedInvoice } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { credited, invoiceLines } from "./invoice-lines.ts";
import { carries, creditMark, invoiceMark } from "./mark.ts";
import { productsOf } from "./products.ts";
import { refuseOtherInvoice } from "./refuse-other-invoice.ts";
import { salesDocumentXml } from "./sales-document-xml.ts";
import { addDocument, documentsSince, readAfterAdd, toldGross } from "./sales-documents.ts";
import type { Settings } from "./settings.ts";
import { element, writeXml } from "./xml.ts";

interface Input {
  order: Order;
  vat: VatDecision;
  customerId: string;
  invoiceId: string;
  invoiceNumber: string;
}

export function creditAction(context: Context): Action<Input, CreditOutput> {
  const { settings, connection } = context;
  const products = productsOf(context);

  async function add(api: NetvisorApi, input: Input, call: Call): Promise<string> {
    const { order, vat, customerId, invoiceNumber } = input;
    const lines = invoiceLines(order, vat, settings);
    await refuseOtherInvoice(api, { ...input, lines });
    const isFromMemory = await products.ensure(lines, call);
    const xml = salesDocumentXml({
      ...{ order, customerId, lines: credited(lines), amount: negate(order.total) },
      date: localDate(call.now(), settings.timeZone),
      mark: creditMark(order),
      text: settings.creditNoteText.replaceAll("{invoiceNumber}", invoiceNumber),
    });
    return addDocument(api, xml, isFromMemory ? products : undefined);
  }

  return {
    name: "netvisor.credit",
    connection,
    output: creditOutput,
    record: ({ creditNoteId }) => ({ id: creditNoteId }),
    // It may have to add a product, as an invoice may.
    exclusive: () => `${connection.account}/invoices`,
    repeat: {
      how: "look-first",
      // One that is not matched yet is half of the change: `run` finds it again and makes the other half.
      find: async (input, call) => {
        const notes = await notesOf(context.api(call), input, settings);
        return notes.some((note) => isSettled(note, settings))
          ? notes.map((one) => outputOf(one, input.order))
          : [];
      },
    },
    run: async (input, call) => {
      const api = context.api(call);
      const [note, another] = await notesOf(api, input, settings);
      if (note && another) throw twice(note, another, input);
      const id = note?.netvisorkey ?? (await add(api, input, call));
      const { number, sum } = note
        ? { number: note.invoicenumber, sum: note.invoicesum }
        : await readAfterAdd(api, id, creditMark(input.order));
      const isOpen = note ? !isSettled(note, settings) : settings.matchCreditNotes;
      // What cost nothing leaves nothing open.
      if (isOpen && input.order.total.minor !== 0n) await match(api, id, number, input);
      return { creditNoteId: id, creditNoteNumber: number, ...toldGross(input.order, sum) };
    },
  };
}

const outputOf = (note: ListedInvoice, order: Order): CreditOutput => ({
  creditNoteId: note.netvisorkey,
  creditNoteNumber: note.invoicenumber,
  ...toldGross(order, note.invoicesum),
});

/** Matching takes away what is open of a credit note; so does a person who settles it in another way. */
function isSettled({ opensum }: ListedInvoice, settings: Settings): boolean {
  return opensum.minor === 0n || !settings.matchCreditNotes;
}

/** Our credit notes, the settled ones first. Refuses when somebody else has credited the invoice. */
async function notesOf(
  api: NetvisorApi,
  { order, customerId }: Input,
  settings: Settings,
): Promise<readonly ListedInvoice[]> {
  const since = localDate(order.paidAt, settings.timeZone);
  const documents = await documentsSince(api, customerId, since);
  const negative = documents.filter(({ invoicesum }) => invoicesum.minor <= 0n);
  const notes = negative.filter((document) => carries(document, creditMark(order)));
  const byHand = negative.find(
    ({ invoicesum, ...document }) => invoicesum.minor < 0n && carries(document, invoiceMark(order)),
  );
  if (notes.length === 0 && byHand) {
    const message = `Netvisor's credit note ${byHand.invoicenumber} carries this order's reference and is not Ordna's: see there whether the invoice is credited already.`;
    throw new ActionError("permanent", message, { cause: "record.exists_differently" });
  }
  const settled = notes.filter((note) => isSettled(note, settings));
  return [...settled, ...notes.filter((note) => !settled.includes(note))];
}

function twice(note: ListedInvoice, another: ListedInvoice, { invoiceNumber }: Input): ActionError {
  const message = `Netvisor holds two credit notes of invoice ${invoiceNumber}, ${note.invoicenumber} and ${another.invoicenumber}, and neither is matched: delete one and match the other there.`;
  return new ActionError("permanent", message, { cause: "record.exists_differently" });
}

/** Unless Netvisor refuses for good, the next attempt finds the credit note and goes on from there. */
async function match(api: NetvisorApi, id: string, number: string, input: Input): Promise<void> {
  const { invoiceId, invoiceNumber } = input;
  const xml = writeXml("matchcreditnote", [
    element("matchcreditnote", [
      element("creditnotenetvisorkey", id),
      element("invoicenetvisorkey", invoiceId),
    ]),
  ]);
  try {
    await api.change("matchcreditnote.nv", {}, xml);
  } catch (thrown) {
    const { verdict, message, failure } = asActionError(thrown);
    const made = `Credit note ${number} was made, but not matched with invoice ${invoiceNumber}.`;
    throw verdict === "permanent"
      ? new ActionError(
          verdict,
          `${made} Match it in Netvisor, then try again. ${message}`,
          failure,
        )
      : new ActionError("ambiguous", `${made} ${message}`, failure);
  }
}
