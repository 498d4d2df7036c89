// Which service goes where, and what PostNord refuses of a message that is well formed. The codes
// of these faults are the simulator's own; PostNord's are not published.
import type { Fault, SimulatedShipment } from "./simulated-instruction.ts";

const nordics = ["SE", "DK", "NO", "FI", "AX"];
const europe = new Set([
  ...nordics,
  ..."AD AL AT BA BE BG CH CY CZ DE EE ES FO FR GB GG GI GR HR HU IE IM IS".split(" "),
  ..."IT JE LI LT LU LV MC MD ME MK MT NL PL PT RO RS SI SK SM UA VA XK".split(" "),
]);

const issuers: Readonly<Record<string, string>> = { Z11: "DK", Z12: "SE", Z13: "NO", Z14: "FI" };

interface Service {
  readonly name: string;
  readonly from: readonly string[];
  goesTo(country: string, from: string): boolean;
}

const everywhereNear = { from: ["SE", "DK", "NO", "FI"], goesTo: (to: string) => europe.has(to) };

const services: Readonly<Record<string, Service>> = {
  "17": { name: "Home", ...everywhereNear },
  "18": { name: "Parcel", ...everywhereNear },
  "19": { name: "Service point", ...everywhereNear },
  "11": {
    name: "Home Small",
    from: ["SE", "NO"],
    goesTo: (to, from) => to === "NO" || (to === "SE" && from === "SE"),
  },
  "30": { name: "Home Small (domestic)", from: ["SE"], goesTo: (to) => to === "SE" },
  "91": { name: "International Parcel", from: ["SE"], goesTo: (to) => !europe.has(to) },
  // Returns: what they demand is not decided here.
  "20": { name: "Return Pickup", from: ["SE", "DK", "NO"], goesTo: () => false },
  "24": { name: "Return Drop Off", from: ["SE", "DK", "NO", "FI"], goesTo: () => false },
};

const postalCodes: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [..."AT BE BG CH DK HU LI LU LV NO SI".split(" ")].map((c) => [c, /^\d{4}$/]),
  ),
  ...Object.fromEntries(
    [..."AX CZ DE EE ES FI FR GR HR IT LT MC SE SK SM".split(" ")].map((c) => [c, /^\d{5}$/]),
  ),
  NL: /^\d{4}[A-Z]{2}$/,
  PL: /^\d{2}-?\d{3}$/,
  PT: /^\d{4}-?\d{3}$/,
};

/** What the key's owner may read of the services. */
export function serviceCodes() {
  return Object.entries(issuers).map(([, country]) => ({
    issuerCountryCode: country,
    serviceCodeDetails: Object.entries(services)
      .filter(([, service]) => service.from.includes(country))
      .map(([serviceCode, { name }]) => ({ serviceCode, serviceName: name })),
  }));
}

/** Why PostNord does not carry this shipment; nothing when it does. */
export function faultOfShipment(shipment: SimulatedShipment): Fault | undefined {
  const { consignor, consignee } = shipment.parties;
  const { countryCode, postalCode } = consignee.party.address;
  const code = shipment.service.basicServiceCode;
  const from = issuers[consignor.issuerCode] ?? "";
  const service = services[code];
  if (!service?.from.includes(from) || !service.goesTo(countryCode, from)) {
    return serviceFault(code);
  }
  if (postalCodes[countryCode]?.test(postalCode) === false) {
    return fault(
      "SIM-POSTCODE",
      "Postal code is not valid for the country",
      "postalCode",
      postalCode,
    );
  }
  return faultOfAdditional(shipment) ?? faultOfParcels(shipment, from) ?? faultOfPapers(shipment);
}

function faultOfParcels({ service, goodsItem, parties }: SimulatedShipment, from: string) {
  const items = goodsItem.flatMap((goods) => goods.items);
  const isAbroad = parties.consignee.party.address.countryCode !== from;
  const maxKg = from === "SE" ? (isAbroad ? 31.5 : 35) : Number.POSITIVE_INFINITY;
  if (items.some(({ grossWeight }) => kilograms(grossWeight) > maxKg)) {
    return fault("SIM-WEIGHT", `An item weighs more than ${maxKg} kg`, "grossWeight", "");
  }
  if (service.basicServiceCode === "19" && from === "NO" && items.length > 1) {
    return fault("SIM-COLLI", "One colli per shipment", "numberOfPackages", String(items.length));
  }
  return undefined;
}

function kilograms(weight: { value: number; unit: string } | undefined): number {
  const { value, unit } = weight ?? { value: 0, unit: "KGM" };
  return unit === "GRM" ? value / 1000 : unit === "TON" ? value * 1000 : value;
}

/** Service 91 goes with the post's own declaration. */
function faultOfPapers(shipment: SimulatedShipment): Fault | undefined {
  const { customsDeclarationCN22: cn22, customsDeclarationCN23: cn23, service } = shipment;
  if (service.basicServiceCode !== "91") return undefined;
  if (!cn22 && !cn23) return fault("SIM-CUSTOMS", "CN22 or CN23 is needed", "customs", "91");
  if (!cn22 || cn22.EORIorPersonalIdNumber || cn22.voec || cn22.ioss) return undefined;
  const text = "One of EORI, VOEC and IOSS is needed";
  return fault("SACUS-BR-24062502", text, "EORIorPersonalIdNumber", "");
}

export function serviceFault(code: string): Fault {
  const text = "Service not available for receiver country";
  return fault("SIM-ROUTE", text, "basicServiceCode", code);
}

function faultOfAdditional({ service, parties }: SimulatedShipment): Fault | undefined {
  const { basicServiceCode: code, additionalServiceCode: extras = [] } = service;
  const { address, contact = {} } = parties.consignee.party;
  const to = address.countryCode;
  const has = (...codes: readonly string[]) => codes.some((each) => extras.includes(each));
  const sms = contact.smsNo !== undefined && /^((\+|00)[34]|0(?!0)|[1-9])/.test(contact.smsNo);
  const point = parties.deliveryParty?.partyIdentification;
  const isNordic = nordics.includes(to);
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      code === "17" && !has("C7", "A6", "F1"),
      "additionalServiceCode",
      "One of C7, A6, F1 is needed",
    ],
    [code === "17" && to === "NO" && has("A6"), "additionalServiceCode", "A6 is not offered to NO"],
    [code === "17" && !sms && !contact.emailAddress, "smsNo", "smsNo or emailAddress is needed"],
    [has("C7") && !sms, "smsNo", "smsNo is needed for C7"],
    [has("A3") && !sms, "smsNo", "smsNo is needed for A3"],
    [has("A4") && !contact.emailAddress, "emailAddress", "emailAddress is needed for A4"],
    [
      code === "19" && !has("A2", "A3", "A4"),
      "additionalServiceCode",
      "One of A2, A3, A4 is needed",
    ],
    [code === "19" && !isNordic && has("A2"), "additionalServiceCode", "A2 is for the Nordics"],
    [
      code === "19" && !has("A7") && !["SE", "DK"].includes(to),
      "additionalServiceCode",
      "A7 is needed",
    ],
    [has("A7") && point?.partyIdType !== "156", "deliveryParty", "deliveryParty is needed for A7"],
    [
      code === "18" && !isNordic && !(contact.contactName && contact.phoneNo),
      "phoneNo",
      "contactName and phoneNo are needed",
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  return broken && fault("SIM-RULE", broken[2], broken[1], code);
}

export function fault(
  faultCode: string,
  explanationText: string,
  key: string,
  value: string,
): Fault {
  return { explanationText, faultCode, faultReferences: [{ key, value }] };
}

/** A bare word under a JSON content type. */
export function customerNumber(query: URLSearchParams): Response {
  const digits: Readonly<Record<string, RegExp>> = {
    DK: /^\d{9}$/,
    FI: /^(\d{8}|\d{10})$/,
    NO: /^\d{7}$/,
    SE: /^(\d{8}|\d{10})$/,
  };
  const pattern = digits[query.get("countryCode") ?? ""];
  const isValid = pattern?.test(query.get("customerNumber") ?? "") ?? false;
  const headers = { "content-type": "application/json" };
  return new Response(isValid ? "VALID" : "INVALID", { headers });
}
