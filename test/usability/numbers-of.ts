import { z } from "zod";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";

const outputs = z.object({
  booking: z.object({ trackingNumber: z.string() }),
  invoice: z.object({ invoiceNumber: z.string() }),
});

/** What the customer reads from the parcel and from the invoice. */
export function numbersOf(order: OrderDetail): {
  readonly parcel: string;
  readonly invoice: string;
} {
  const { booking, invoice } = outputs.parse(order.outputs);
  return { parcel: booking.trackingNumber, invoice: invoice.invoiceNumber };
}
