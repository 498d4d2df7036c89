// Making a formatter costs more than all else of a decision.
const formats = new Map<string, Intl.DateTimeFormat>();

/** YYYY-MM-DD on the wall there: 22:30 UTC is the next day in Helsinki, perhaps the next VAT period. */
export function localDate(moment: string | Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    // Sweden writes its dates as ISO does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, ...parts });
    formats.set(timeZone, format);
  }
  return format.format(new Date(moment));
}

/** Whether it is a name such as "Europe/Helsinki" or "UTC" (IANA's list). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
