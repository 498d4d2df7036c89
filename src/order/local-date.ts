// Making a formatter costs more than all else of a decision.
const formats = new Map<string, Intl.DateTimeFormat>();

/** YYYY-MM-DD where the seller is: 22:30 UTC is the next day in Helsinki, perhaps the next VAT period. */
export function localDate(instant: string, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, ...parts });
    formats.set(timeZone, format);
  }
  return format.format(new Date(instant));
}
