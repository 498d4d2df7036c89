/** "23 November 2026" in the words of `locale`, as the calendar on the wall of `timeZone` says. */
export function formatDate(instant: string | Date, locale: string, timeZone: string): string {
  // Some regions would otherwise get their own calendar, and their year would not be the invoice's.
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "long",
    calendar: "gregory",
    timeZone,
  });
  return format.format(new Date(instant));
}
