// Tracking, as far as it tells whether an order was booked.
import { z } from "zod";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import { itemIdSchema } from "./booking-answer.ts";
import { errorResponseSchema, textOf } from "./failure.ts";

const referencesSchema = z.array(z.object({ value: z.string().nullish() })).nullish();

// Statuses grow without notice, and times come with and without a zone: neither decides anything
// here, so neither is read.
const shipmentSchema = z.object({
  shipmentId: z.string().min(1).max(200),
  service: z.object({ code: z.string().max(50) }).nullish(),
  shipmentReferences: referencesSchema,
  items: z.array(z.object({ itemId: itemIdSchema, references: referencesSchema })).nullish(),
});

const answerSchema = z.object({
  TrackingInformationResponse: z.object({
    shipments: z.array(shipmentSchema),
    compositeFault: errorResponseSchema.shape.compositeFault,
  }),
});

/** The bookings that carry our reference. PostNord says "none" with HTTP 200 and an empty list. */
export function readFound(response: HttpResponse, reference: string): readonly Booking[] {
  const { shipments, compositeFault } = readJson(
    response,
    answerSchema,
  ).TrackingInformationResponse;
  if (shipments.length === 0 && compositeFault?.faults?.length) {
    throw unexpectedAnswer(response, textOf({ compositeFault }));
  }
  const ours = shipments.filter((shipment) => isOurs(shipment, reference));
  if (shipments.length > 0 && ours.length === 0) {
    // To adopt it could be wrong, and to call it absent would book twice: the doubt stays.
    throw unexpectedAnswer(response, "tracking answers with parcels of other references");
  }
  return ours.map(({ shipmentId, service, items }) => {
    const [item] = items ?? [];
    if (!item) throw unexpectedAnswer(response, "the shipment has no item yet");
    // The printId went with the lost answer: the label is printed by the item id.
    return { bookingId: shipmentId, trackingNumber: item.itemId, service: service?.code ?? "" };
  });
}

/** The look-up is by reference already, so a parcel that names no reference at all is ours. */
function isOurs(shipment: z.infer<typeof shipmentSchema>, reference: string): boolean {
  const items = (shipment.items ?? []).flatMap((item) => item.references ?? []);
  const values = [...(shipment.shipmentReferences ?? []), ...items].flatMap(({ value }) =>
    value ? [value] : [],
  );
  return values.length === 0 || values.includes(reference);
}
