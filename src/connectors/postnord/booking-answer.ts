// The answer to a booking. Its HTTP status says only that PostNord read the message: each shipment
// has a status of its own.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import { errorResponseSchema, refused } from "./failure.ts";

const idInformationSchema = z.object({
  status: z.string(),
  references: z
    .object({ shipment: z.array(z.object({ referenceNo: z.string().nullish() })).nullish() })
    .nullish(),
  ids: z
    .array(
      z.object({ idType: z.string(), value: z.string(), printId: z.string().max(200).nullish() }),
    )
    .nullish(),
  urls: z.array(z.object({ type: z.string(), url: z.string() })).nullish(),
  errorResponse: errorResponseSchema.nullish(),
});

const bookingSchema = z.object({
  bookingId: z.string().min(1).max(200),
  idInformation: z.array(idInformationSchema).min(1).max(200),
});

// Booking alone answers bare; booking together with labels wraps the same thing.
const answerSchema = z.union([
  bookingSchema,
  z.object({ bookingResponse: bookingSchema }).transform((body) => body.bookingResponse),
]);

export const itemIdSchema = z.string().regex(/^[A-Za-z0-9]{4,40}$/);

/** `reference` is what we wrote on the shipment: PostNord repeats it, and a booking with another one is not ours. */
export function readBooking(response: HttpResponse, service: string, reference: string): Booking {
  const { bookingId, idInformation } = readJson(response, answerSchema);
  const failed = idInformation.filter(({ status }) => status === "FAIL");
  const [first] = failed;
  if (first && failed.length === idInformation.length) {
    throw refused(first.errorResponse ?? {}, "Booking", response.status);
  }
  const [shipment] = idInformation;
  if (!shipment || idInformation.some(({ status }) => status !== "OK")) {
    const message = "PostNord booked only a part of the shipment, or says neither OK nor FAIL.";
    throw new ActionError("ambiguous", message, {
      cause: "provider.unexpected_answer",
      status: response.status,
    });
  }
  const told = (shipment.references?.shipment ?? []).flatMap(
    ({ referenceNo }) => referenceNo ?? [],
  );
  if (told.length > 0 && !told.includes(reference)) {
    throw unexpectedAnswer(response, "it speaks of a shipment with another reference");
  }
  // The shipment's own id may come first, or not at all: only the item's is the parcel's number.
  const item = shipment.ids?.find(({ idType }) => idType === "itemId");
  if (!item || !itemIdSchema.safeParse(item.value).success) {
    throw unexpectedAnswer(response, "it names no item id");
  }
  const trackingUrl = trackingUrlOf(shipment.urls ?? []);
  return {
    bookingId,
    trackingNumber: item.value,
    ...(trackingUrl ? { trackingUrl } : {}),
    ...(item.printId ? { printId: item.printId } : {}),
    service,
  };
}

/** PostNord's own link, for the recipient's country; never one that we put together. */
function trackingUrlOf(urls: readonly { type: string; url: string }[]): string | undefined {
  const url = urls.find(({ type }) => type === "TRACKING")?.url;
  if (!url || url.length > 2000 || !URL.canParse(url)) return undefined;
  return new URL(url).protocol === "https:" ? url : undefined;
}
