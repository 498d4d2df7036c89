// Tracking at the simulated PostNord: what was booked is announced, and never moves.
import type { StoredShipment } from "./simulated-shipments.ts";

export function trackingOf(shipments: readonly StoredShipment[]): Response {
  return Response.json({ TrackingInformationResponse: { shipments: shipments.map(tracked) } });
}

function tracked({ shipmentId, bookedAt, items, booked }: StoredShipment) {
  const { basicServiceCode: code } = booked.service;
  const { countryCode } = booked.parties.consignor.party.address;
  return {
    shipmentId,
    assessedNumberOfItems: items.length,
    status: "INFORMED",
    statusText: { header: "Announced", body: "The sender has announced the shipment." },
    service: { code, sourceSystem: "POSTNORD", name: `Service ${code}` },
    shipmentReferences: (booked.references ?? []).map(({ referenceNo, referenceType }) => ({
      value: referenceNo,
      type: referenceType,
    })),
    items: items.map(({ itemId }) => ({
      itemId,
      status: "INFORMED",
      events: [
        {
          // As often at PostNord, the time does not say its zone.
          eventTime: bookedAt.slice(0, 19),
          eventCode: "EDI1",
          status: "INFORMED",
          eventDescription: "The electronic shipping instructions have been received",
          location: { locationId: "0", locationType: "UNDEF", countryCode },
        },
      ],
    })),
  };
}
