// What a person may correct of an order's facts, each by its path. Amounts, lines and the payment are never changed.
import type { Address, Order, OrderLine, Party } from "./order.ts";

export interface FactChange {
  /** "shipTo.address.postalCode", "buyer.email", "vatId", "lines.li_1.hsCode", ... */
  readonly field: string;
  /** As a person wrote it; null takes it away. */
  readonly value: string | null;
}

/** Says which field cannot be changed like that, and what would be right. */
export class CannotAmend extends Error {
  override readonly name = "CannotAmend";
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const partyFields = ["name", "company", "email", "phone"] as const;
const addressFields = ["line1", "line2", "city", "state", "postalCode", "country"] as const;
const lineFields = ["description", "weightGrams", "hsCode", "originCountry"] as const;
const parties = ["shipTo", "buyer"] as const;

/** Every path that may be amended; `<id>` stands for a line's id. */
export const amendableFields: readonly string[] = [
  ...parties.flatMap((party) => [
    ...partyFields.map((name) => `${party}.${name}`),
    ...addressFields.map((name) => `${party}.address.${name}`),
  ]),
  "vatId",
  "service",
  ...lineFields.map((name) => `lines.<id>.${name}`),
];

export function amendOrder(order: Order, changes: readonly FactChange[]): Order {
  return changes.reduce(amendFact, order);
}

/** The fact as it stands; undefined when there is none. */
export function factOf(order: Order, field: string): string | number | undefined {
  const { party, part, line } = placeOf(field);
  if (field === "vatId") return order.taxIds.find(({ type }) => type === vatType)?.value;
  if (field === "service") return order.service;
  if (party) {
    const { address } = order[party];
    return isOneOf(addressFields, part)
      ? address?.[part]
      : isOneOf(partyFields, part)
        ? order[party][part]
        : undefined;
  }
  const found = order.lines.find(({ id }) => id === line);
  return isOneOf(lineFields, part) ? found?.[part] : undefined;
}

const vatType = "eu_vat";

function amendFact(order: Order, { field, value: written }: FactChange): Order {
  const value = written?.trim() || undefined;
  if (value !== undefined && value.length > 500) {
    throw new CannotAmend(field, `${field} is longer than 500 characters.`);
  }
  const { party, part, line } = placeOf(field);
  if (field === "vatId") {
    const others = order.taxIds.filter(({ type }) => type !== vatType);
    return { ...order, taxIds: value ? [...others, { type: vatType, value }] : others };
  }
  if (field === "service") return { ...order, service: checked(field, value, isService) };
  if (field === "answerBy") return { ...order, answerBy: checked(field, value, isInstant) };
  if (party) return { ...order, [party]: amendParty(order[party], field, part, value) };
  const known = order.lines.find(({ id }) => id === line);
  if (!known || !isOneOf(lineFields, part)) {
    throw new CannotAmend(
      field,
      `"${field.slice(0, 100)}" cannot be amended. These can: ${amendableFields.join(", ")}.`,
    );
  }
  const amended = amendLine(known, field, part, value);
  return { ...order, lines: order.lines.map((one) => (one === known ? amended : one)) };
}

function amendParty(party: Party, field: string, part: string, value: string | undefined): Party {
  if (isOneOf(partyFields, part)) return { ...party, [part]: value };
  const written = part === "country" ? checked(field, value?.toUpperCase(), isCountry) : value;
  const address: Address = { ...party.address, [part]: written };
  return { ...party, address };
}

type LineField = (typeof lineFields)[number];

function amendLine(line: OrderLine, field: string, part: LineField, value: string | undefined) {
  switch (part) {
    case "description":
      if (value === undefined) throw new CannotAmend(field, "A line needs a description.");
      return { ...line, description: value };
    case "weightGrams":
      return { ...line, weightGrams: Number(checked(field, value, isGrams)) || undefined };
    case "hsCode":
      return { ...line, hsCode: checked(field, value?.replace(/[\s.-]/g, ""), isHsCode) };
    case "originCountry":
      return { ...line, originCountry: checked(field, value?.toUpperCase(), isCountry) };
  }
}

interface Form {
  readonly pattern: RegExp;
  readonly is: string;
}

const isCountry: Form = { pattern: /^[A-Z]{2}$/, is: "a country code of two letters, such as FI" };
const isGrams: Form = {
  pattern: /^[1-9]\d{0,6}$/,
  is: "whole grams for one piece, such as 1350",
};
const isHsCode: Form = { pattern: /^\d{6,10}$/, is: "a tariff code of 6 to 10 digits" };
const isInstant: Form = { pattern: /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/, is: "a time, in UTC" };
const isService: Form = {
  pattern: /^[\w.-]{1,40}$/,
  is: "the carrier's name for a service, such as 19",
};

function checked(field: string, value: string | undefined, form: Form): string | undefined {
  if (value === undefined || form.pattern.test(value)) return value;
  throw new CannotAmend(field, `${field} must be ${form.is}; "${value.slice(0, 50)}" is not.`);
}

function placeOf(field: string) {
  const [, line, linePart = ""] = /^lines\.(.{1,200})\.(\w+)$/.exec(field) ?? [];
  if (line !== undefined) return { party: undefined, line, part: linePart };
  const [head = "", ...rest] = field.split(".");
  const part = rest.length === 2 && rest[0] === "address" ? (rest[1] ?? "") : rest.join(".");
  const isAddress = rest[0] === "address";
  const isKnown = isAddress ? isOneOf(addressFields, part) : isOneOf(partyFields, part);
  const party = isOneOf(parties, head) && isKnown ? head : undefined;
  return { party, line: undefined, part };
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some((one) => one === name);
}
