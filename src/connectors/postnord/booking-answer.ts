// The answer to a booking. Its HTTP status says only that PostNord read the message: each shipment
// has a status of its own.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import type { BookedParcel, Booking } from "../../connector-kit/roles.ts";
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

/** What was asked for: an answer that speaks of anything else is not ours. */
export interface Asked {
  readonly service: string;
  /** What we wrote on the shipment, and PostNord repeats. */
  readonly mark: string;
  readonly parcels: number;
}

export function readBooking(response: HttpResponse, { service, mark, parcels }: Asked): Booking {
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
  if (told.length > 0 && !told.includes(mark)) {
    throw unexpectedAnswer(response, "it speaks of a shipment with another reference");
  }
  const [parcel, ...more] = parcelsIn(shipment.ids ?? []);
  if (!parcel) throw unexpectedAnswer(response, "it names no item id");
  if (more.length + 1 !== parcels) {
    const counts = `${more.length + 1} item ids for ${parcels} parcels`;
    throw unexpectedAnswer(response, `it names ${counts}`);
  }
  const trackingUrl = trackingUrlOf(shipment.urls ?? []);
  return {
    bookingId,
    ...parcel,
    ...(trackingUrl ? { trackingUrl } : {}),
    service,
    ...(more.length > 0 ? { moreParcels: more } : {}),
  };
}

type Id = NonNullable<z.infer<typeof idInformationSchema>["ids"]>[number];

/** The shipment's own id, or the parcel that a return belongs to, may stand first: only an item's is a parcel's number. */
function parcelsIn(ids: readonly Id[]): BookedParcel[] {
  const items = ids.filter(({ idType }) => idType === "itemId");
  // A return may be named by its own kind of id instead.
  const named = items.length > 0 ? items : ids.filter(({ idType }) => idType === "returnId");
  return named
    .filter(({ value }) => itemIdSchema.safeParse(value).success)
    .map(({ value, printId }) => ({ trackingNumber: value, ...(printId ? { printId } : {}) }));
}

/** PostNord's own link, for the recipient's country; never one that we put together. */
function trackingUrlOf(urls: readonly { type: string; url: string }[]): string | undefined {
  const url = urls.find(({ type }) => type === "TRACKING")?.url;
  if (!url || url.length > 2000 || !URL.canParse(url)) return undefined;
  return new URL(url).protocol === "https:" ? url : undefined;
}
