const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** "14:02" today, with the date on other days; in the reader's own format and time zone. */
export function formatTime(
  time: Date,
  now: Date,
  seconds?: "with seconds",
  locale?: string,
): string {
  const second = seconds && "2-digit";
  const clock = { hour: "2-digit", minute: "2-digit", second } as const;
  const isToday = isSameDay(time, now);
  const year = time.getFullYear() === now.getFullYear() ? undefined : "numeric";
  // Figures only: the name of a month would be in another language than the page.
  const day = { day: "numeric", month: "numeric", year } as const;
  return new Intl.DateTimeFormat(locale, isToday ? clock : { ...day, ...clock }).format(time);
}

/** With seconds and the time zone. */
export function formatExactTime(time: Date, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "long" }).format(time);
}
