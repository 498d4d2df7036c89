// What a person may ask for after the parcel: a credit note, the way back, the invoice once more. The same for every shop.
import type { StoredFile } from "../connector-kit/action.ts";
import type { Booking, Message, Roles } from "../connector-kit/roles.ts";
import type { Order } from "../order/order.ts";
import { type Pipeline, pipeline } from "../pipeline/pipeline.ts";
import { type Step, step } from "../pipeline/step.ts";
import type { VatDecision } from "../tax/vat-decision.ts";

/** The steps of the paid order that the requests follow from. */
export interface DoneSteps {
  readonly check: Step<{ vat: VatDecision }>;
  readonly booking: Step<Booking>;
  readonly accountingCustomer: Step<{ customerId: string }>;
  readonly invoice: Step<{ invoiceId: string; invoiceNumber: string }>;
  readonly invoicePdf: Step<StoredFile>;
}

export interface RequestWords {
  /** The order with all that the shop knows of its goods. */
  readonly described: (order: Order) => Order;
  /** The order's letter, with its invoice. */
  readonly letter: (
    order: Order,
    done: {
      readonly booking: Booking;
      readonly invoice: { readonly invoiceNumber: string };
      readonly invoicePdf: StoredFile;
    },
  ) => Message;
}

/** Each is begun by a person only, and the first two once for an order. */
export function onRequest(
  { accounting, carrier, mail }: Pick<Roles, "accounting" | "carrier" | "mail">,
  { check, booking, accountingCustomer, invoice, invoicePdf }: DoneSteps,
  paid: Pipeline,
  { described, letter }: RequestWords,
): readonly Pipeline[] {
  const requests: Pipeline[] = [];
  if (accounting.credit) {
    const creditNote = step("credit-note", {
      needs: { check, accountingCustomer, invoice },
      action: accounting.credit,
      input: (order, { check, accountingCustomer, invoice }) => ({
        order,
        vat: check.vat,
        ...accountingCustomer,
        ...invoice,
      }),
    });
    requests.push(pipeline("credit", [creditNote], paid));
  }
  if (carrier.bookReturn) {
    const returnBooking = step("return-booking", {
      needs: { booking },
      action: carrier.bookReturn,
      input: (order, { booking }) => ({ order: described(order), booking }),
    });
    const returnLabel = step("return-label", {
      needs: { returnBooking },
      action: carrier.label,
      input: (order, { returnBooking }) => ({ order: described(order), booking: returnBooking }),
    });
    requests.push(pipeline("return", [returnBooking, returnLabel], paid));
  }
  const invoiceCopy = step("invoice-copy", {
    needs: { booking, invoice, invoicePdf },
    action: mail.send,
    input: letter,
  });
  return [...requests, pipeline("invoice-copy", [invoiceCopy], paid)];
}
