// What the clock on the shop's wall says.

export interface ShopTime {
  /** "Mon" ... "Sun" */
  readonly weekday: string;
  /** "07:30" */
  readonly time: string;
  /** ISO 8601, "2026-48" */
  readonly week: string;
}

export function shopTime(now: Date, timeZone: string): ShopTime {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  const day = Date.UTC(Number(part("year")), Number(part("month")) - 1, Number(part("day")));
  return {
    weekday: part("weekday"),
    time: `${part("hour")}:${part("minute")}`,
    week: isoWeek(day),
  };
}

const dayMs = 86_400_000;

/** The week belongs to the year in which its Thursday lies. */
function isoWeek(day: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  const thursday = day + (4 - weekday) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-${String(week).padStart(2, "0")}`;
}
