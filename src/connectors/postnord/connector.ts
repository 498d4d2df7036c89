// Parcels with PostNord: the booking, its label, and the way back.
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
  findBookings,
  nearestServicePoint,
  printLabels,
} from "./api.ts";
import { checkAccount } from "./check-account.ts";
import { completeOptions, type Settings } from "./complete-options.ts";
import { ediInstruction } from "./edi-instruction.ts";
import { labelKinds } from "./label-format.ts";
import { localeOf } from "./locale.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { type Recipient, recipientOf } from "./recipient.ts";
import { bookReturn } from "./return-booking.ts";
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
    trial: settings.sandbox ? "sandbox: true" : undefined,
    connect: (wiring) => carrier(settings, wiring),
    check: (wiring, send) => checkAccount(settings, wiring, send),
    simulate: simulatePostnord,
  };
}

function carrier(
  settings: Settings,
  wiring: Wiring,
): Carrier & Required<Pick<Carrier, "bookReturn">> {
  const { connection } = wiring;
  return {
    book: {
      name: "postnord.book",
      connection,
      output: bookingOutput,
      repeat: {
        how: "look-first", // There is no idempotency key; tracking can be asked by our reference.
        find: ({ order: { reference } }, call) =>
          findBookings(wiring, settings.customerNumber, { reference, way: "out" }, call.send),
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
        const { extension, mediaType } = labelKinds[settings.labelFormat];
        const fileName = `label-${booking.trackingNumber}.${extension}`;
        return call.keep({ fileName, mediaType, bytes });
      },
    },
    bookReturn: bookReturn(settings, wiring),
  };
}

async function book(settings: Settings, account: Account, order: Order, call: Call) {
  const recipient = recipientOf(order);
  const choices = servicesFor(recipient, settings, order.service);
  const { choice, servicePoint } = await firstBookable(choices, recipient, (to) =>
    nearestServicePoint(account, to, settings.home, call.send),
  );
  const parcel = { order, recipient, choice, servicePoint };
  const instruction = ediInstruction(parcel, settings, call.now());
  return bookShipment(account, "edi", instruction, call.send);
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
  booking: Booking,
  send: Send,
): Promise<Uint8Array> {
  const { labelFormat: format, paperSize } = settings;
  const printing = { format, paperSize, locale: localeOf(order, settings.locale) };
  const parcels = [booking, ...(booking.moreParcels ?? [])];
  const printIds = parcels.flatMap(({ printId }) => printId ?? []);
  // PostNord's manual prints by printId; some accounts were seen to print by item id.
  if (printIds.length === parcels.length) {
    const bytes = await printLabels(account, printIds, printing, send);
    if (bytes !== "not-found") return bytes;
  }
  const itemIds = parcels.map(({ trackingNumber }) => trackingNumber);
  const bytes = await printLabels(account, itemIds, printing, send);
  if (bytes !== "not-found") return bytes;
  throw noLabel(booking);
}

function noLabel({ trackingNumber, printId }: Booking): ActionError {
  if (printId) {
    // A parcel booked a moment ago may not have reached the printing yet; nobody can tell that from
    // one that is lost for good.
    const message = `PostNord does not know parcel ${trackingNumber} yet: no label can be printed.`;
    return new ActionError("transient", message, { cause: "provider.unexpected_answer" });
  }
  const message = `Parcel ${trackingNumber} was found in tracking, its print id was lost and PostNord does not print by item id: print it in PostNord's portal.`;
  return new ActionError("permanent", message, { cause: "label.unreadable" });
}
