// Tracking at the simulated PostNord: what was booked is announced, and on its way half a day later.
import type { StoredShipment } from "./simulated-shipments.ts";

const countryNames = new Intl.DisplayNames(["en"], { type: "region" });
const nameOf = (countryCode: string) => countryNames.of(countryCode) ?? countryCode;

const halfADayMs = 12 * 3_600_000;

export function trackingOf(shipments: readonly StoredShipment[], now: Date): Response {
  const tracked = shipments.map((shipment) => trackedAt(shipment, now));
  return Response.json({ TrackingInformationResponse: { shipments: tracked } });
}

function trackedAt({ shipmentId, bookedAt, items, booked }: StoredShipment, now: Date) {
  const { basicServiceCode: code } = booked.service;
  const { countryCode } = booked.parties.consignor.party.address;
  const isMoving = now.getTime() - Date.parse(bookedAt) >= halfADayMs;
  const status = isMoving ? "EN_ROUTE" : "INFORMED";
  const location = {
    locationId: "0",
    locationType: "UNDEF",
    countryCode,
    country: nameOf(countryCode),
  };
  const announced = {
    // As often at PostNord, the time does not say its zone.
    eventTime: bookedAt.slice(0, 19),
    eventCode: "EDI1",
    status: "INFORMED",
    eventDescription: "The electronic shipping instructions have been received",
    location,
  };
  const moving = {
    // And sometimes it does.
    eventTime: new Date(Date.parse(bookedAt) + halfADayMs).toISOString(),
    eventCode: "SCAN",
    status: "EN_ROUTE",
    eventDescription: "The shipment is on its way",
    location,
  };
  return {
    shipmentId,
    assessedNumberOfItems: items.length,
    status,
    statusText: isMoving
      ? { header: "On its way", body: "The shipment is on its way." }
      : { header: "Announced", body: "The sender has announced the shipment." },
    service: { code, sourceSystem: "POSTNORD", name: `Service ${code}` },
    shipmentReferences: (booked.references ?? []).map(({ referenceNo, referenceType }) => ({
      value: referenceNo,
      type: referenceType,
      name: "Customer reference",
    })),
    items: items.map(({ itemId }) => ({
      itemId,
      status,
      events: isMoving ? [moving, announced] : [announced],
    })),
  };
}
