// The way back: a booking of its own, under a mark of its own.
import type { Action } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Wiring } from "../../connector-kit/connector.ts";
import { bookingOutput } from "../../connector-kit/outputs.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import type { Order } from "../../order/order.ts";
import { bookShipment, findBookings } from "./api.ts";
import type { Settings } from "./complete-options.ts";
import { recipientOf } from "./recipient.ts";
import { returnInstruction } from "./return-instruction.ts";

type ReturnInput = { order: Order; booking: Booking };

export function bookReturn(settings: Settings, wiring: Wiring): Action<ReturnInput, Booking> {
  return {
    name: "postnord.return",
    connection: wiring.connection,
    output: bookingOutput,
    repeat: {
      how: "look-first", // As for the way out, by the mark of the way back.
      find: ({ order: { reference } }, call) =>
        findBookings(wiring, settings.customerNumber, { reference, way: "back" }, call.send),
    },
    record: ({ trackingNumber }) => ({ id: trackingNumber }),
    run: async ({ order, booking }, call) => {
      const instruction = returnInstruction(order, recipientOf(order), settings, call.now());
      const back = await bookShipment(wiring, settings.returns.path, instruction, call.send);
      if (back.trackingNumber !== booking.trackingNumber) return back;
      const message = `PostNord answered a return with the number of the parcel it returns.`;
      throw new ActionError("ambiguous", message, { cause: "provider.unexpected_answer" });
    },
  };
}
