// PostNord's services as data: where they start, where they go, what they demand, and who says so.
// Sources: "table" is PostNord's table of delivery options (3.4.3), "guide" its General Descriptions
// (2020-06-12), "se" and "no" are the pages on size and weight at postnord.se and postnord.no.

export type Home = "SE" | "DK" | "NO" | "FI";
export type ServiceCode = "11" | "17" | "18" | "19" | "30" | "91";
/** "europe" has the Nordics in it; "world" is what lies outside of Europe. */
type Reach = Home | "europe" | "world";
/** What of the recipient's contact data a service needs. */
export type Contact = "sms" | "email" | "phone";

export interface Service {
  readonly name: string;
  /** By where a parcel starts. */
  readonly reach: Partial<Readonly<Record<Home, readonly Reach[]>>>;
  /** Countries that are left out of the reach. */
  readonly notTo?: readonly string[];
  /** One of these additional services goes along. */
  readonly oneOf?: readonly string[];
  readonly contactOneOf?: readonly Contact[];
  /** Asked for outside of the Nordics, where partners deliver. */
  readonly contactAbroad?: readonly Contact[];
  /** A service point has to be named outside of these countries. */
  readonly pointUnlessIn?: readonly string[];
  /** Which papers customs reads: an invoice with the parcel, or the post's own declaration. */
  readonly customs: "invoice" | "postal";
  readonly source: string;
}

const nordicsAndEurope = {
  SE: ["europe"],
  DK: ["europe"],
  NO: ["europe"],
  FI: ["europe"],
} as const;

export const services: Readonly<Record<ServiceCode, Service>> = {
  "17": {
    name: "Home",
    reach: nordicsAndEurope,
    oneOf: ["C7", "A6", "F1"],
    contactOneOf: ["sms", "email"],
    customs: "invoice",
    source: "table; guide p. 7 and 13",
  },
  "18": {
    name: "Parcel, for companies",
    reach: nordicsAndEurope,
    // Said with the partner network's conditions; whether the Nordics ask for it is not known.
    contactAbroad: ["phone"],
    customs: "invoice",
    source: "table; guide p. 7",
  },
  "19": {
    name: "Service point or parcel locker",
    reach: nordicsAndEurope,
    oneOf: ["A2", "A3", "A4"],
    pointUnlessIn: ["SE", "DK"],
    customs: "invoice",
    source: "table; guide p. 7 and 13",
  },
  "11": {
    name: "Home Small, into the mailbox",
    reach: { SE: ["SE", "NO"], NO: ["NO"] },
    customs: "invoice",
    source: "table",
  },
  "30": {
    name: "MyPack Home Small, into the mailbox",
    reach: { SE: ["SE"] },
    customs: "invoice",
    source: "table; guide p. 9",
  },
  "91": {
    name: "International Parcel",
    reach: { SE: ["world"] },
    notTo: ["FI", "DK", "EE", "LV", "LT"],
    customs: "postal",
    source: "table; guide",
  },
};

export type ReturnCode = "24" | "20";

export interface ReturnService {
  readonly name: string;
  readonly from: readonly Home[];
  /** Of the customer who sends. */
  readonly needs: readonly Contact[];
  readonly source: string;
}

/** The way back. The table gives 24 to Finnish shops and not 20. */
export const returnServices: Readonly<Record<ReturnCode, ReturnService>> = {
  "24": {
    name: "Return Drop Off",
    from: ["SE", "DK", "NO", "FI"],
    needs: ["sms", "email"],
    source: "guide p. 8 and 9; table for Finland",
  },
  "20": {
    name: "Return Pickup",
    from: ["SE", "DK", "NO"],
    needs: ["sms"],
    source: "guide p. 8, which asks for a mobile number at both ends",
  },
};

export interface AdditionalService {
  readonly name: string;
  readonly needs?: Contact;
  /** It only tells the recipient something: left out when there is no way to. */
  readonly isNotice?: true;
  readonly notTo?: readonly string[];
  /** Left out there. */
  readonly isNordicOnly?: true;
  /** Why a rule may not ask for it. */
  readonly unsupported?: string;
}

/** Source: guide; what each needs: table. A code that is not here goes to PostNord as it is written. */
export const additionalServices: Readonly<Record<string, AdditionalService>> = {
  A1: { name: "cash on delivery", unsupported: "paid orders have nothing to collect" },
  A2: { name: "notice by letter", isNotice: true, isNordicOnly: true },
  A3: { name: "notice by text message", needs: "sms", isNotice: true },
  A4: { name: "notice by e-mail", needs: "email", isNotice: true },
  A5: { name: "insurance", unsupported: "no insured amount is sent" },
  A6: { name: "delivery without proof", notTo: ["NO"] },
  A7: { name: "chosen service point" },
  A8: { name: "dangerous goods", unsupported: "no dangerous goods are declared" },
  A9: { name: "notice by phone", needs: "phone", isNotice: true },
  C7: { name: "FlexChange", needs: "sms" },
  D1: { name: "return to sender" },
  D5: { name: "private receiver", needs: "sms" },
  F1: { name: "same day" },
};

export interface ParcelLimit {
  readonly from: Home;
  readonly to: "domestic" | "abroad";
  readonly service?: ServiceCode;
  readonly grams: number;
  readonly isOneParcel?: true;
  readonly source: string;
}

/** The first row that fits holds. Where no row fits, PostNord publishes nothing that could be found. */
export const parcelLimits: readonly ParcelLimit[] = [
  { from: "SE", to: "domestic", grams: 20_000, source: "se; 35 kg by agreement" },
  { from: "SE", to: "abroad", grams: 31_500, source: "se" },
  { from: "NO", to: "domestic", service: "19", grams: 35_000, isOneParcel: true, source: "no" },
];
