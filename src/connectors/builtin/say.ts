// How one document speaks: words, amounts and dates in its language and region.
import { directionOf, isLanguage } from "../../language/catalogue.ts";
import { formatDate } from "../../language/format-date.ts";
import { formatMoney } from "../../language/format-money.ts";
import { type InvoiceWord, invoiceWords, languageOfInvoice } from "../../language/invoice-words.ts";
import { isolated } from "../../language/one-line.ts";
import { exponentOf, type Money } from "../../order/money.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import type { Direction } from "./pdf-text.ts";

export interface Say {
  readonly direction: Direction;
  /** BCP 47, for the PDF. */
  readonly language: string;
  readonly word: InvoiceWord;
  money(amount: Money): string;
  /** A unit price, with all its decimals. */
  price(decimal: string, currency: string): string;
  number(value: number): string;
  percent(ratePercent: string): string;
  /** `day`: YYYY-MM-DD. */
  day(day: string): string;
  /** A number or name inside of a sentence that may run the other way. */
  apart(text: string): string;
  country(code: string): string;
}

export function sayIn({ language, locale }: Pick<InvoiceContent, "language" | "locale">): Say {
  const spoken = languageOfInvoice(language);
  const direction = isLanguage(spoken) ? directionOf(spoken) : "ltr";
  const region = spoken === language ? locale : spoken;
  const apart = (text: string) => isolated(text, direction);
  const decimals = (text: string) => text.split(".")[1]?.length ?? 0;
  const number = (text: string, options: Intl.NumberFormatOptions) => {
    if (!isNumeric(text)) throw new RangeError(`"${text}" is not a number.`);
    return apart(new Intl.NumberFormat(region, options).format(text));
  };
  return {
    direction,
    language: spoken,
    word: invoiceWords(spoken),
    money: (amount) => apart(formatMoney(amount, region)),
    price(decimal, currency) {
      const digits = Math.max(decimals(decimal), exponentOf(currency));
      return number(decimal, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    },
    number: (value) => number(String(value), {}),
    percent(rate) {
      // As text: the percent style multiplies by a hundred, in floats.
      return apart(`${number(rate, { maximumFractionDigits: 4 })}\u00a0%`);
    },
    day: (day) => apart(formatDate(`${day}T12:00:00Z`, region, "UTC")),
    apart,
    country: (code) => new Intl.DisplayNames(region, { type: "region" }).of(code) ?? code,
  };
}

const isNumeric = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
