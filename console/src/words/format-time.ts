import { locale as readersLocale } from "../language/words.ts";

const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** "14:02" today, with the date on other days; in the reader's own format and time zone. */
export function formatTime(
  time: Date,
  now: Date,
  seconds?: "with seconds",
  locale = readersLocale(),
): string {
  const second = seconds && "2-digit";
  const clock = { hour: "2-digit", minute: "2-digit", second } as const;
  const isToday = isSameDay(time, now);
  const year = time.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const day = { day: "numeric", month: "numeric", year } as const;
  return new Intl.DateTimeFormat(locale, isToday ? clock : { ...day, ...clock }).format(time);
}

/** With seconds and the time zone. */
export function formatExactTime(time: Date, locale = readersLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "long" }).format(time);
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "4 minutes ago", "in 2 hours". */
export function formatAgo(time: Date, now: Date, locale = readersLocale()): string {
  const difference = time.getTime() - now.getTime();
  const [unit, size] = steps.find(([, ms]) => Math.abs(difference) >= ms) ?? ["minute", 60_000];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return format.format(Math.trunc(difference / size), unit);
}

/** "3 h", "12 min". */
export function formatSpan(ms: number, locale = readersLocale()): string {
  const [unit, size] = steps.find(([, one]) => ms >= one) ?? (["minute", 60_000] as const);
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 } as const;
  const isSmall = ms < 60_000;
  return isSmall
    ? new Intl.NumberFormat(locale, { ...style, unit: "second" }).format(ms / 1000)
    : new Intl.NumberFormat(locale, style).format(ms / size);
}

/** A day as figures: "28.11.2026". */
export function formatDay(day: string, locale = readersLocale()): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone: "UTC" });
  return format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(readersLocale(), options).format(value);
