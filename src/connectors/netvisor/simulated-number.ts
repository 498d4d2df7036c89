// Numbers as Netvisor reads them ("49,90") and writes them (with a comma in lists, with a point in documents).
import { invalid } from "./simulated-answer.ts";

/** Cents. */
export function readSum(text: string, field: string): number {
  return Math.round(readNumber(text, field) * 100);
}

export function readNumber(text: string, field: string): number {
  if (!/^-?\d{1,12}(,\d{1,6})?$/.test(text)) throw invalid(`'${text}' is not a number: ${field}`);
  return Number(text.replace(",", "."));
}

export function readDate(text: string, field: string): string {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDate) throw invalid(`'${text}' is not a date: ${field}`);
  return text;
}

export const withComma = (cents: number) => (cents / 100).toFixed(2).replace(".", ",");
export const withPoint = (cents: number) => (cents / 100).toFixed(2);
