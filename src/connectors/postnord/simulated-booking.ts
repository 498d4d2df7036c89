// Booking at the simulated PostNord. A message that arrives twice books twice, as at the real one.
import { type Fault, readInstruction, type SimulatedShipment } from "./simulated-instruction.ts";
import type { Is } from "./simulated-moods.ts";
import { faultOfReturn } from "./simulated-returns.ts";
import { faultOfShipment, serviceFault } from "./simulated-services.ts";
import type { Shipments, StoredShipment } from "./simulated-shipments.ts";

export type Booked =
  | { readonly kind: "booked"; readonly answer: object; readonly items: readonly string[] }
  | { readonly kind: "refused"; readonly response: Response };

/** `isReturn`: the message came to the part of the API that books returns. */
export function bookShipments(
  body: string,
  shipments: Shipments,
  is: Is,
  isReturn: boolean,
): Booked {
  const reading = readInstruction(parsed(body));
  if (reading.kind === "invalid") return invalid(reading.faults);
  const { shipment, updateIndicator, testIndicator } = reading.instruction;
  // Sweden alone knows the other two, and a deletion was seen to book anew there.
  const isSwedish = shipment.every((each) => each.parties.consignor.issuerCode === "Z12");
  if (updateIndicator !== "Original" && !isSwedish) {
    return invalid([{ explanationText: `updateIndicator ${updateIndicator} is not supported` }]);
  }
  if (is("refuses-service-400")) return invalid(shipment.map(serviceFaultOf));
  const bookingId = shipments.newBookingId();
  const items: string[] = [];
  const idInformation = shipment.map((each) => {
    const fault = faultByMood(each, is) ?? faultOf(each, isReturn);
    if (fault) return failed(each, fault);
    const stored = shipments.allocate(each, bookingId);
    if (!testIndicator) shipments.keep(stored);
    items.push(...stored.items.map(({ itemId }) => itemId));
    return booked(stored, is("shipment-id-first"));
  });
  return { kind: "booked", answer: { bookingId, idInformation }, items };
}

const returnServices = ["20", "24"];

function faultOf(shipment: SimulatedShipment, isReturn: boolean): Fault | undefined {
  const isOfReturns = returnServices.includes(shipment.service.basicServiceCode);
  if (isOfReturns || isReturn) return faultOfReturn(shipment, isReturn);
  return faultOfShipment(shipment);
}

const serviceFaultOf = ({ service }: SimulatedShipment) => serviceFault(service.basicServiceCode);

function faultByMood(shipment: SimulatedShipment, is: Is): Fault | undefined {
  if (is("refuses-service")) return serviceFaultOf(shipment);
  if (is("item-fail")) {
    return { explanationText: "Item could not be created", faultCode: "SIM-ITEM" };
  }
  return undefined;
}

function booked({ shipmentId, items, booked: shipment }: StoredShipment, isShipmentFirst: boolean) {
  const country = shipment.parties.consignee.party.address.countryCode.toLowerCase();
  const ids = items.map(({ itemId, printId }) => ({ idType: "itemId", value: itemId, printId }));
  return {
    status: "OK",
    references: { shipment: shipment.references ?? [] },
    ids: isShipmentFirst ? [{ idType: "shipmentId", value: shipmentId }, ...ids] : ids,
    urls: items.map(({ itemId }) => ({
      type: "TRACKING",
      url: `https://tracking.postnord.com/${country}/?id=${itemId}`,
    })),
  };
}

function failed({ references = [] }: SimulatedShipment, fault: Fault) {
  const errorResponse = {
    message: "Shipment could not be created",
    compositeFault: { faults: [fault] },
  };
  return { status: "FAIL", references: { shipment: references }, errorResponse };
}

function invalid(faults: readonly Fault[]): Booked {
  const message = "Invalid indata object EdiInstruction";
  const response = Response.json({ message, compositeFault: { faults } }, { status: 400 });
  return { kind: "refused", response };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
