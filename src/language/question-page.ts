// The words of the small page on which a customer corrects an address, in the customer's language.
import type { Order } from "../order/order.ts";
import { directionOf, isLanguage, type Language, type MessageId } from "./catalogue.ts";
import { voiceOf } from "./letter.ts";
import { matchLocale } from "./match-locale.ts";
import { flowOf, oneLine } from "./one-line.ts";
import { translate } from "./translate.ts";

const asked = {
  name: "field_name",
  line1: "field_line1",
  line2: "field_line2",
  postalCode: "field_postal_code",
  city: "field_city",
  state: "field_state",
  phone: "field_phone",
} as const satisfies Record<string, MessageId>;

/** What a customer may be asked for. */
export type AskedField = keyof typeof asked;

// Object.keys forgets its keys; they are those of `asked`.
export const askedFields = Object.keys(asked) as readonly AskedField[];

export type FieldError =
  | "missing"
  | "postal_code"
  | "house"
  | "box"
  | "long"
  | "phone"
  | "check"
  | "same";

export interface FieldFault {
  readonly error: FieldError;
  /** What is perhaps meant. */
  readonly suggestion?: string | undefined;
}

export interface WrittenField {
  readonly field: AskedField;
  readonly value: string;
  readonly fault?: FieldFault | undefined;
}

export interface PageWords {
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
  readonly title: string;
  readonly text: string;
}

export interface FormWords extends PageWords {
  readonly save: string;
  readonly fields: readonly {
    readonly field: AskedField;
    readonly label: string;
    readonly value: string;
    readonly flow: "ltr" | "rtl";
    readonly error: string | undefined;
  }[];
}

export function questionForm(order: Order, written: readonly WrittenField[]): FormWords {
  const { language } = voiceOf(order);
  const say = (id: MessageId, values = {}) => translate(language, id, values);
  return {
    ...page(language, "question_title", "question_intro"),
    save: say("question_save"),
    fields: written.map(({ field, value, fault }) => ({
      field,
      value,
      label: say(asked[field]),
      flow: value ? flowOf(value) : directionOf(language),
      error: fault && sentenceOf(fault, say),
    })),
  };
}

function sentenceOf(
  { error, suggestion }: FieldFault,
  say: (id: MessageId, values?: object) => string,
): string {
  const told = say(`error_${error}`);
  const value = oneLine(suggestion, 100);
  return value ? `${told} ${say("error_suggestion", { value })}` : told;
}

export const thanksPage = (order: Order): PageWords =>
  page(voiceOf(order).language, "question_thanks");

/** Used, expired, needless or never made: they all look alike, so it speaks the browser's language. */
export const voidPage = (acceptLanguage: string): PageWords =>
  page(languageOf(acceptLanguage), "question_void_title", "question_void");

export const slowPage = (acceptLanguage: string): PageWords =>
  page(languageOf(acceptLanguage), "question_slow");

function page(language: Language, title: MessageId, text?: MessageId): PageWords {
  return {
    language,
    direction: directionOf(language),
    title: translate(language, title),
    text: text ? translate(language, text) : "",
  };
}

/** The first of a browser's languages that there are words for. */
function languageOf(acceptLanguage: string): Language {
  const wanted = acceptLanguage
    .slice(0, 200)
    .split(",")
    .map((part) => part.split(";")[0]?.trim() ?? "");
  const found = wanted.find((tag) => isLanguage(tag.split("-")[0] ?? "") || isNorwegian(tag));
  return found ? matchLocale(found) : "en";
}

const isNorwegian = (tag: string) => /^(no|nn)(-|$)/i.test(tag);
