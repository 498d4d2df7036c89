// What the simulated PostNord holds: shipments, and the ids and references that lead to them.
import { createHash } from "node:crypto";
import type { SimulatedRecord, SimulatorKit } from "../../connector-kit/simulator.ts";
import type { SimulatedShipment } from "./simulated-instruction.ts";
import { sscc } from "./sscc.ts";

interface StoredItem {
  readonly itemId: string;
  readonly printId: string;
}

export interface StoredShipment {
  readonly bookingId: string;
  readonly shipmentId: string;
  readonly bookedAt: string;
  readonly items: readonly StoredItem[];
  readonly booked: SimulatedShipment;
}

export type Shipments = ReturnType<typeof simulatedShipments>;

export function simulatedShipments(kit: SimulatorKit) {
  const shipments = kit.collection<StoredShipment>("shipments");
  const shipmentByLabelId = kit.collection<string>("label-ids");
  const shipmentsByReference = kit.collection<readonly string[]>("references");
  const counters = kit.collection<number>("counters");

  function next(counter: string): number {
    const value = (counters.get(counter) ?? 0) + 1;
    counters.set(counter, value);
    return value;
  }

  function allocate(booked: SimulatedShipment, bookingId: string): StoredShipment {
    const items = booked.goodsItem
      .flatMap((goods) => goods.items)
      .map(({ itemIdentification }) => {
        const given = itemIdentification.itemId;
        const itemId = given === "0" ? sscc(next("sscc")) : given;
        return { itemId, printId: printIdOf(itemId) };
      });
    const shipmentId = `SHP${next("shipment")}`;
    return { bookingId, shipmentId, bookedAt: kit.now().toISOString(), items, booked };
  }

  function keep(shipment: StoredShipment): void {
    const { shipmentId, items, booked } = shipment;
    shipments.set(shipmentId, shipment);
    for (const { itemId, printId } of items) {
      shipmentByLabelId.set(itemId, shipmentId);
      shipmentByLabelId.set(printId, shipmentId);
    }
    for (const { referenceNo } of booked.references ?? []) {
      const key = referenceKey(booked.parties.consignor.partyIdentification.partyId, referenceNo);
      shipmentsByReference.set(key, [...(shipmentsByReference.get(key) ?? []), shipmentId]);
    }
  }

  /** Every shipment whose reference begins like this one, or is the beginning of it. */
  function byLooseReference(customerNumber: string, reference: string): StoredShipment[] {
    return shipments.values().filter(({ booked: { parties, references = [] } }) => {
      const isOfCustomer = parties.consignor.partyIdentification.partyId === customerNumber;
      const isAlike = references.some(
        ({ referenceNo }) => referenceNo.startsWith(reference) || reference.startsWith(referenceNo),
      );
      return isOfCustomer && isAlike;
    });
  }

  function byReference(customerNumber: string, reference: string): StoredShipment[] {
    const ids = shipmentsByReference.get(referenceKey(customerNumber, reference)) ?? [];
    return ids.flatMap((id) => shipments.get(id) ?? []);
  }

  return {
    allocate,
    keep,
    byReference,
    byLooseReference,
    newBookingId: () => `SIMBOOKING${next("booking").toString().padStart(20, "0")}`,
    byLabelId: (id: string) => shipments.get(shipmentByLabelId.get(id) ?? ""),
    records: () => shipments.values().map(recordOf),
  };
}

const referenceKey = (customerNumber: string, reference: string) =>
  `${customerNumber}/${reference}`;

const printIdOf = (itemId: string) =>
  createHash("sha256").update(itemId).digest("hex").slice(0, 32);

function recordOf({ shipmentId, items, booked }: StoredShipment): SimulatedRecord {
  const isReturn = ["20", "24"].includes(booked.service.basicServiceCode);
  // The customer, whichever way the parcel goes.
  const { party } = isReturn ? booked.parties.consignor : booked.parties.consignee;
  const reference = booked.references?.find(({ referenceType }) => referenceType === "CU");
  return {
    kind: isReturn ? "return" : "shipment",
    id: items[0]?.itemId ?? shipmentId,
    reference: reference?.referenceNo ?? "",
    fields: {
      service: booked.service.basicServiceCode,
      additional: booked.service.additionalServiceCode ?? [],
      ...party.nameIdentification,
      ...party.address,
      ...party.contact,
      servicePoint: booked.parties.deliveryParty?.partyIdentification?.partyId,
      weightKg: booked.totalGrossWeight?.value,
      parcelsKg: booked.goodsItem.flatMap((goods) =>
        goods.items.map(({ grossWeight }) => grossWeight?.value),
      ),
      customs: booked.customsInvoice,
      cn22: booked.customsDeclarationCN22,
      cn23: booked.customsDeclarationCN23,
      printId: items[0]?.printId,
    },
  };
}
