/** The day of a moment in a time zone: 23:30 UTC on New Year's Eve is next year in Helsinki. */
export function dayIn(timeZone: string, moment: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = new Map(format.formatToParts(new Date(moment)).map((p) => [p.type, p.value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
