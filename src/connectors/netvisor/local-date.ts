/** YYYY-MM-DD where the company keeps its books: 22:30 UTC is the next day in Helsinki, perhaps the next VAT period. */
export function localDate(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return format.format(new Date(instant));
}
