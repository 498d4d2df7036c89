// The parts that providers play. Two connectors of one role replace each other in one line of configuration.
import type { Money } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import type { VatIdQuestion } from "../tax/buyer-vat-id.ts";
import type { VatConsultation } from "../tax/vat-consultation.ts";
import type { VatDecision } from "../tax/vat-decision.ts";
import type { Action, Connection, Document, StoredFile } from "./action.ts";
import type { Send } from "./http.ts";
import type { CreditOutput, InvoiceOutput } from "./outputs.ts";

export interface Crm {
  readonly contact: Action<{ order: Order }, { contactId: string }>;
  readonly deal: Action<{ order: Order; contactId: string }, { dealId: string }>;
  readonly updateDeal: Action<{ order: Order; dealId: string } & Fulfilment, { dealId: string }>;
  /** The lines of the order as records of their own. Absent where the CRM has none, or the shop wants none. */
  readonly salesOrder?: Action<
    { order: Order; contactId: string; dealId: string },
    { salesOrderId: string }
  >;
}

/** What the shop knows once parcel and invoice exist. */
export interface Fulfilment {
  readonly trackingNumber: string;
  readonly trackingUrl?: string | undefined;
  readonly invoiceNumber: string;
}

/** How one step of an order stood when it was told, for people: "booking", "done, 0037…". */
export interface StepNote {
  readonly step: string;
  readonly note: string;
}

/** The production log: one row an order. It shows what the ledger knows, and is never read back. */
export interface Worklist {
  readonly row: Action<
    { order: Order; steps?: readonly StepNote[] | undefined },
    { rowId: string }
  >;
  readonly updateRow: Action<
    { order: Order; rowId: string; steps?: readonly StepNote[] | undefined } & Fulfilment,
    { rowId: string }
  >;
}

export interface Booking {
  readonly bookingId: string;
  /** What the customer and the carrier call the parcel. */
  readonly trackingNumber: string;
  /** https only; absent when the carrier gave none. */
  readonly trackingUrl?: string | undefined;
  /** What the carrier prints the label by, when it differs from the tracking number. */
  readonly printId?: string | undefined;
  readonly service: string;
  /** The other parcels of the same booking, when it has more than one. */
  readonly moreParcels?: readonly BookedParcel[] | undefined;
}

export type BookedParcel = Pick<Booking, "trackingNumber" | "printId">;

export interface Carrier {
  readonly book: Action<{ order: Order }, Booking>;
  /** Prints the label of a booking and keeps it in the shop's files. */
  readonly label: Action<{ order: Order; booking: Booking }, StoredFile>;
  /** Books the way back of a booking: a booking of its own, whose label `label` prints. Absent: the carrier takes none back. */
  readonly bookReturn?: Action<{ order: Order; booking: Booking }, Booking>;
}

export interface Accounting {
  readonly customer: Action<{ order: Order }, { customerId: string }>;
  readonly invoice: Action<{ order: Order; vat: VatDecision; customerId: string }, InvoiceOutput>;
  readonly payment: Action<{ order: Order; invoiceId: string }, { paymentId: string }>;
  /** Fetches the invoice as a PDF and keeps it in the shop's files. */
  readonly invoiceDocument: Action<{ invoiceId: string; invoiceNumber: string }, StoredFile>;
  /** Credits the whole invoice to the cent and matches the credit note with it. */
  readonly credit?: Action<
    {
      order: Order;
      vat: VatDecision;
      customerId: string;
      invoiceId: string;
      invoiceNumber: string;
    },
    CreditOutput
  >;
}

/** An e-mail whose words are already in the customer's language. */
export interface Message {
  readonly to: { readonly email: string; readonly name?: string | undefined };
  /** BCP 47. */
  readonly locale: string;
  /** The layout's name at the mail provider, e.g. "order-confirmation". */
  readonly template: string;
  readonly subject: string;
  /** Fills the layout: strings, and lists of flat rows. */
  readonly variables: Readonly<
    Record<string, string | readonly Readonly<Record<string, string>>[]>
  >;
  readonly attachments: readonly StoredFile[];
}

export interface Mail {
  readonly send: Action<Message, { messageId: string }>;
  /** What its provider tells of e-mails that it took; absent when it was not set up to tell. */
  readonly deliveries?: Deliveries | undefined;
}

export interface Deliveries {
  /** Judges a letter of the provider by its bytes: some sign inside the body. */
  verify(body: Uint8Array, now: Date): DeliveryVerification;
}

/** What became of an e-mail after its provider took it. The later ones are worse news. */
export const fates = ["delayed", "delivered", "bounced", "complained"] as const;

export type Fate = (typeof fates)[number];

/** One thing that happened to one of our e-mails. */
export interface DeliveryReport {
  /** The provider signs with each of them once: a second letter with it is a replay. */
  readonly token: string;
  /** The provider's name for what happened; unique with its time only. */
  readonly eventId: string;
  /** ISO date-time by the provider's clock. */
  readonly at: string;
  readonly fate: Fate;
  /** In the words of the provider, or of whoever refused it; without the recipient's address. */
  readonly why?: string | undefined;
  /** Of the order, and of the change that sent the e-mail: call.reference and call.key. */
  readonly reference: string;
  readonly key: string;
  /** What the action recorded when it sent. */
  readonly messageId: string;
}

export type DeliveryVerification =
  | { readonly kind: "report"; readonly report: DeliveryReport }
  /** Signed, and no news of an e-mail of ours. `why` is there when somebody should look into it. */
  | { readonly kind: "foreign"; readonly why?: string }
  /** `isFinal`: it will never be accepted, so it need not come again. */
  | { readonly kind: "refused"; readonly why: string; readonly isFinal: boolean };

export interface Alert {
  readonly severity: "info" | "warning" | "needs-you";
  readonly title: string;
  readonly lines: readonly string[];
  /** Where to mend it; left out of the message when the provider refuses such a link. */
  readonly link?: string | undefined;
  /** The id of the message that this one answers. */
  readonly answers?: string | undefined;
  /** What it told is over. */
  readonly isOver?: boolean | undefined;
}

export interface Alerts {
  readonly send: Action<Alert, { messageId: string }>;
  /** Puts other words into a message that was sent, without telling anybody anew. Absent where messages stay as they are. */
  readonly edit?: Action<{ messageId: string; alert: Alert }, { messageId: string }>;
}

export interface Files {
  /** Create-only: the same bytes under the same key are found, other bytes are refused. */
  readonly put: Action<{ key: string; document: Document }, StoredFile>;
  open(file: StoredFile, send: Send): Promise<Uint8Array>;
  /** An address of ten minutes that opens the file for whoever holds it: for a person who asks now, never kept or sent. */
  linkTo?(file: StoredFile, now: Date): Promise<string>;
  /** What is gone already is removed, too. */
  remove(file: StoredFile, send: Send): Promise<void>;
}

/** A paid order as the payment provider tells it, or why there is none. */
export type PaymentReading =
  /** `refund`: what of it went back to the buyer since. */
  | { readonly kind: "order"; readonly order: Order; readonly refund?: Refund | undefined }
  | { readonly kind: "refund"; readonly refund: Refund }
  | { readonly kind: "ignore"; readonly reason: string; readonly misdirected?: Misdirected };

/** What went back to the buyer of one payment, all refunds together. */
export interface Refund {
  readonly paymentIntent: string;
  readonly refunded: Money;
  readonly paid: Money;
  /** The news is that a refund did not go through. */
  readonly hasFailed: boolean;
}

/** An event that should never have come here: people are told once for each `from` and day. */
export interface Misdirected {
  readonly from: string;
  /** What to do about it. */
  readonly advice: string;
}

/** A webhook, verified. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: string;
  /** ISO date-time by the provider's clock. */
  readonly createdAt: string;
  readonly livemode: boolean;
  readonly apiVersion?: string | undefined;
  readonly account?: string | undefined;
  /** The object it speaks of: cs_…, pi_…, … */
  readonly objectId?: string | undefined;
  readonly objectType?: string | undefined;
}

export type Verification =
  | { readonly kind: "event"; readonly event: PaymentEvent }
  /** Signed by the provider, but we cannot read it. */
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** A payment that was found by asking, told as a webhook would have told of it. */
export interface FoundPayment {
  /** The provider's own event where it still has it; else one of ours, named after the payment. */
  readonly event: PaymentEvent;
  readonly body: Uint8Array;
  /** What its order may be known by: cs_…, pi_…; the first one names it. */
  readonly objects: readonly [string, ...string[]];
  /** As the list shows it, for people: the order is read anew. */
  readonly amount?: Money | undefined;
}

export interface PaidQuery {
  readonly from: Date;
  /** Not included. */
  readonly until: Date;
  /** "events": announced in that time. "objects": begun in that time and paid by now, announced or not. */
  readonly by: "events" | "objects";
}

export interface Payments {
  /** The webhook secrets do not matter for reading; at least one is needed to verify. */
  verify(body: Uint8Array, header: string | null, now: Date): Verification;
  /** Reads the whole order anew from the provider. Rejects with an ActionError when it cannot now. */
  read(event: PaymentEvent, store: string, send: Send): Promise<PaymentReading>;
  /** Asks what was paid, for the case that nobody told us. Rejects with an ActionError when it cannot now. */
  paidIn(query: PaidQuery, send: Send): AsyncIterable<FoundPayment>;
  readonly connection: Connection;
}

/** Asks an authority whether a buyer's VAT number is valid, and keeps what it said as proof. */
export interface VatIds {
  /** Unknown is no answer: it waits, and then a person is asked. */
  readonly verify: Action<VatIdQuestion, { consultation: VatConsultation }>;
}

export interface Roles {
  readonly crm: Crm;
  readonly worklist: Worklist;
  readonly carrier: Carrier;
  readonly accounting: Accounting;
  readonly mail: Mail;
  readonly alerts: Alerts;
  readonly files: Files;
  readonly payments: Payments;
  readonly vatIds: VatIds;
}

export type RoleName = keyof Roles;
