// Until when something is put off, where the reader is.
export const snoozeWhens = ["hour", "morning", "week"] as const;
export type SnoozeWhen = (typeof snoozeWhens)[number];

const morningHour = 8;

export function snoozeTime(when: SnoozeWhen, now: Date): Date {
  if (when === "hour") return new Date(now.getTime() + 3_600_000);
  const days = when === "morning" ? 1 : 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morningHour);
}
