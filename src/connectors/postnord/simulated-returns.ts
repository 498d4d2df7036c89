// What the simulated PostNord refuses of a return. The codes of the faults are its own.
import type { Fault, SimulatedShipment } from "./simulated-instruction.ts";
import { fault, serviceFault } from "./simulated-services.ts";

const nordics = ["SE", "DK", "NO", "FI"];

/** `isReturn`: it came to the part of the API that books returns, where nothing else is booked. */
export function faultOfReturn(shipment: SimulatedShipment, isReturn: boolean): Fault | undefined {
  const { service, parties } = shipment;
  const code = service.basicServiceCode;
  const { consignor, consignee } = parties;
  const isKnown = code === "24" ? isReturn : code === "20" && consignor.issuerCode !== "Z14";
  if (!isKnown || !nordics.includes(consignor.party.address.countryCode)) return serviceFault(code);
  const customer = consignor.party.contact ?? {};
  const shop = consignee.party.contact ?? {};
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      consignee.partyIdentification?.partyIdType !== "160",
      "partyId",
      "The customer number is needed on the consignee",
    ],
    [!customer.smsNo, "smsNo", "smsNo of the consignor is needed"],
    [code === "20" && !shop.smsNo, "smsNo", "smsNo of the consignee is needed"],
    [
      code === "24" && !customer.emailAddress,
      "emailAddress",
      "emailAddress of the consignor is needed",
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  return broken && fault("SIM-RETURN", broken[2], broken[1], code);
}
