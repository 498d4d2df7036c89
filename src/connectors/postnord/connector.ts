// Parcels with PostNord: the booking, and the label.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { bookingOutput, storedFileOutput } from "../../connector-kit/outputs.ts";
import type { Booking, Carrier } from "../../connector-kit/roles.ts";
import type { Order } from "../../order/order.ts";
import {
  type Account,
  bookShipment,
  findByReference,
  isCustomerNumber,
  nearestServicePoint,
  printLabel,
} from "./api.ts";
import { ediInstruction } from "./edi-instruction.ts";
import { localeOf } from "./locale.ts";
import { completeOptions, type PostnordOptions, type Settings } from "./postnord-options.ts";
import { type Recipient, recipientOf } from "./recipient.ts";
import type { ServicePoint } from "./service-point.ts";
import { notAvailable, type ServiceChoice, servicesFor } from "./service-rules.ts";
import { simulatePostnord } from "./simulator.ts";

export function postnord(options: PostnordOptions): Connector<"carrier"> {
  const settings = completeOptions(options);
  return {
    role: "carrier",
    provider: "postnord",
    connection: {
      account: `postnord:${settings.customerNumber}`,
      // PostNord publishes no limit: this one is ours.
      limits: { concurrent: 4 },
      deadlineMs: 30_000,
      maxServerMs: settings.maxServerMs,
      maxLagMs: settings.maxLagMs,
    },
    secrets: { apiKey: settings.apiKey },
    hosts: { api: `https://${settings.sandbox ? "atapi2" : "api2"}.postnord.com` },
    connect: (wiring) => carrier(settings, wiring),
    check: (wiring, send) => check(settings, wiring, send),
    simulate: simulatePostnord,
  };
}

function carrier(settings: Settings, wiring: Wiring): Carrier {
  const { connection } = wiring;
  return {
    book: {
      name: "postnord.book",
      connection,
      output: bookingOutput,
      repeat: {
        how: "look-first", // There is no idempotency key; tracking can be asked by our reference.
        find: ({ order }, call) =>
          findByReference(wiring, settings.customerNumber, order.reference, call.send),
      },
      record: ({ trackingNumber }) => ({ id: trackingNumber }),
      run: ({ order }, call) => book(settings, wiring, order, call),
    },
    label: {
      name: "postnord.label",
      connection,
      output: storedFileOutput,
      repeat: { how: "safe" }, // Printing changes nothing.
      record: ({ key }) => ({ id: key }),
      run: async ({ order, booking }, call) => {
        const bytes = await label(settings, wiring, order, booking, call.send);
        const fileName = `label-${booking.trackingNumber}.pdf`;
        return call.keep({ fileName, mediaType: "application/pdf", bytes });
      },
    },
  };
}

async function book(settings: Settings, account: Account, order: Order, call: Call) {
  const recipient = recipientOf(order);
  const choices = servicesFor(recipient, settings);
  const { choice, servicePoint } = await firstBookable(choices, recipient, (to) =>
    nearestServicePoint(account, to, settings.home, call.send),
  );
  const parcel = { order, recipient, choice, servicePoint };
  const instruction = ediInstruction(parcel, settings, call.now());
  return bookShipment(account, instruction, localeOf(order, settings.locale), call.send);
}

/** The best choice, together with the service point when it goes to one. */
async function firstBookable(
  choices: readonly ServiceChoice[],
  recipient: Recipient,
  nearest: (to: Recipient) => Promise<ServicePoint | undefined>,
): Promise<{ choice: ServiceChoice; servicePoint: ServicePoint | undefined }> {
  for (const choice of choices) {
    if (!choice.additional.includes("A7")) return { choice, servicePoint: undefined };
    const servicePoint = await nearest(recipient);
    if (servicePoint) return { choice, servicePoint };
  }
  throw notAvailable(`PostNord has no service point near ${recipient.city}, ${recipient.country}.`);
}

async function label(
  settings: Settings,
  account: Account,
  order: Order,
  { printId, trackingNumber }: Booking,
  send: Send,
): Promise<Uint8Array> {
  const locale = localeOf(order, settings.locale);
  // PostNord's manual prints by printId; some accounts were seen to print by item id.
  for (const id of new Set([printId ?? trackingNumber, trackingNumber])) {
    const bytes = await printLabel(account, id, locale, send);
    if (bytes !== "not-found") return bytes;
  }
  // A parcel booked a moment ago may not have reached the printing yet; nobody can tell that from
  // one that is lost for good.
  const message = `PostNord does not know parcel ${trackingNumber} yet: no label can be printed.`;
  throw new ActionError("transient", message, { cause: "provider.unexpected_answer" });
}

async function check(settings: Settings, account: Account, send: Send): Promise<string> {
  const { home, customerNumber } = settings;
  if (!(await isCustomerNumber(account, customerNumber, home, send))) {
    const message = `PostNord does not know customer number ${customerNumber} in ${home}.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  return `PostNord accepts the key and customer number ${customerNumber} (${home}).`;
}
