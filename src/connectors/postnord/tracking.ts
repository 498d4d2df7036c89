// Tracking, as far as it tells whether an order was booked.
import { z } from "zod";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import { itemIdSchema } from "./booking-answer.ts";
import { errorResponseSchema, textOf } from "./failure.ts";
import { markOf, type Way } from "./own-reference.ts";

const referencesSchema = z.array(z.object({ value: z.string().nullish() })).nullish();

// Times come with and without a zone and decide nothing here, so they are not read.
const shipmentSchema = z.object({
  shipmentId: z.string().min(1).max(200),
  service: z.object({ code: z.string().max(50) }).nullish(),
  // Statuses grow without notice: any text may come.
  status: z.string().nullish(),
  assessedNumberOfItems: z.number().nullish(),
  shipmentReferences: referencesSchema,
  items: z.array(z.object({ itemId: itemIdSchema, references: referencesSchema })).nullish(),
});

const answerSchema = z.object({
  TrackingInformationResponse: z.object({
    shipments: z.array(shipmentSchema),
    compositeFault: errorResponseSchema.shape.compositeFault,
  }),
});

type Tracked = z.infer<typeof shipmentSchema>;

/** Which booking is looked for: an order's reference, and the way it goes. */
export interface Wanted {
  readonly reference: string;
  readonly way: Way;
}

/** Every booking that carries our mark. PostNord says "none" with HTTP 200 and an empty list. */
export function readFound(response: HttpResponse, wanted: Wanted): readonly Booking[] {
  const { shipments, compositeFault } = readJson(
    response,
    answerSchema,
  ).TrackingInformationResponse;
  if (shipments.length === 0 && compositeFault?.faults?.length) {
    throw unexpectedAnswer(response, textOf({ compositeFault }));
  }
  const other = { ...wanted, way: wanted.way === "out" ? "back" : "out" } as const;
  const ours = shipments.filter((shipment) => isWanted(shipment, wanted));
  const strangers = shipments.filter((each) => !isWanted(each, wanted) && !isWanted(each, other));
  if (strangers.length > 0 && ours.length === 0) {
    // To adopt it could be wrong, and to call it absent would book twice: the doubt stays.
    throw unexpectedAnswer(response, "tracking answers with parcels of other references");
  }
  return ours.sort((a, b) => Number(isMoving(b)) - Number(isMoving(a))).map(asBooking(response));
}

/** By its mark; a parcel that names no reference at all was found by it already, and its service tells the way. */
function isWanted(shipment: Tracked, { reference, way }: Wanted): boolean {
  const items = (shipment.items ?? []).flatMap((item) => item.references ?? []);
  const values = [...(shipment.shipmentReferences ?? []), ...items].flatMap(({ value }) =>
    value ? [value] : [],
  );
  if (values.length > 0) return values.includes(markOf({ reference }, way));
  const isReturn = shipment.service?.code === "20" || shipment.service?.code === "24";
  return isReturn === (way === "back");
}

/** Of two parcels of one order the one to keep is that which PostNord already has in its hands. */
function isMoving({ status }: Tracked): boolean {
  return status !== null && status !== undefined && !["CREATED", "INFORMED"].includes(status);
}

const asBooking =
  (response: HttpResponse) =>
  ({ shipmentId, service, items, assessedNumberOfItems }: Tracked): Booking => {
    const [parcel, ...more] = (items ?? []).map(({ itemId }) => ({ trackingNumber: itemId }));
    if (!parcel) throw unexpectedAnswer(response, "the shipment has no item yet");
    if (more.length + 1 < (assessedNumberOfItems ?? 0)) {
      throw unexpectedAnswer(response, "the shipment does not show all of its items yet");
    }
    return {
      bookingId: shipmentId,
      // The printId went with the lost answer: the label is printed by the item id.
      ...parcel,
      service: service?.code ?? "",
      ...(more.length > 0 ? { moreParcels: more } : {}),
    };
  };
