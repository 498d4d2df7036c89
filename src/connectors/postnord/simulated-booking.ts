// Booking at the simulated PostNord. A message that arrives twice books twice, as at the real one.
import { type Fault, readInstruction, type SimulatedShipment } from "./simulated-instruction.ts";
import { faultOfShipment, serviceFault } from "./simulated-services.ts";
import type { Shipments, StoredShipment } from "./simulated-shipments.ts";

interface BookingMoods {
  readonly refusesService: boolean;
  readonly failsItems: boolean;
}

export function bookShipments(body: string, shipments: Shipments, moods: BookingMoods): Response {
  const reading = readInstruction(parsed(body));
  if (reading.kind === "invalid") return invalid(reading.faults);
  const { shipment, updateIndicator, testIndicator } = reading.instruction;
  // Sweden alone knows the other two, and a deletion was seen to book anew there.
  const isSwedish = shipment.every((each) => each.parties.consignor.issuerCode === "Z12");
  if (updateIndicator !== "Original" && !isSwedish) {
    return invalid([{ explanationText: `updateIndicator ${updateIndicator} is not supported` }]);
  }
  const bookingId = shipments.newBookingId();
  const idInformation = shipment.map((each) => {
    const fault = faultByMood(each, moods) ?? faultOfShipment(each);
    if (fault) return failed(each, fault);
    const stored = shipments.allocate(each, bookingId);
    if (!testIndicator) shipments.keep(stored);
    return booked(stored);
  });
  return Response.json({ bookingId, idInformation }, { status: 201 });
}

function faultByMood({ service }: SimulatedShipment, moods: BookingMoods): Fault | undefined {
  if (moods.refusesService) return serviceFault(service.basicServiceCode);
  if (moods.failsItems)
    return { explanationText: "Item could not be created", faultCode: "SIM-ITEM" };
  return undefined;
}

function booked({ items, booked: shipment }: StoredShipment) {
  const country = shipment.parties.consignee.party.address.countryCode.toLowerCase();
  return {
    status: "OK",
    references: { shipment: shipment.references ?? [] },
    ids: items.map(({ itemId, printId }) => ({ idType: "itemId", value: itemId, printId })),
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

function invalid(faults: readonly Fault[]): Response {
  const message = "Invalid indata object EdiInstruction";
  return Response.json({ message, compositeFault: { faults } }, { status: 400 });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
