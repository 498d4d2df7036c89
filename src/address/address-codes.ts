// What can be wrong with an address before a label is bought.

export type AddressCode =
  | "COUNTRY_UNSUPPORTED_BY_SERVICE"
  | "POSTCODE_MISSING"
  | "POSTCODE_FORMAT"
  | "POSTCODE_CITY_MISMATCH"
  /** The code belongs to a territory with rules of its own, or to another country. */
  | "POSTCODE_COUNTRY_CONFLICT"
  | "HOUSE_NUMBER_MISSING"
  | "PO_BOX_FOR_COURIER"
  | "PARCEL_LOCKER_WITHOUT_ID"
  | "FIELD_TOO_LONG"
  | "UNSUPPORTED_CHARACTERS"
  | "RTL_NAME"
  | "NAME_INCOMPLETE"
  | "PHONE_REQUIRED_MISSING"
  | "PHONE_REQUIRED_INVALID"
  | "EMAIL_INVALID"
  | "SHIPPING_ADDRESS_ABSENT"
  | "SANCTIONED_DESTINATION"
  | "MILITARY_ADDRESS"
  | "PLACEHOLDER_TEXT"
  /** Words for the driver where the street belongs. */
  | "EMBEDDED_INSTRUCTIONS";

export interface AddressProblem {
  readonly code: AddressCode;
  /** The field to correct. */
  readonly field: AddressField;
  /** In the shop's words. */
  readonly why: string;
  /** Whether the parcel must wait for a person; what does not hold is only told. */
  readonly holds: boolean;
  /** What would mend it; nobody applies it unasked. */
  readonly suggestion?: Partial<WrittenAddress>;
}

/** Every field as it was written, "" for none. */
export interface WrittenAddress {
  readonly name: string;
  readonly company: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly postalCode: string;
  readonly state: string;
  /** ISO 3166 alpha-2, or a country's name. */
  readonly country: string;
  readonly phone: string;
  readonly email: string;
}

export type AddressField = keyof WrittenAddress;

/** How the parcel travels. */
export type Service = "home" | "courier" | "service_point" | "mail";
