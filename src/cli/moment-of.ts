import { z } from "zod";

const dayMs = 24 * 3600_000;

/** The moment that `flag` means by 3d, 12h, a date or a date-time; or one clear sentence. */
export function momentOf(flag: string, text: string, now: Date, longestDays: number): Date {
  const ago = /^(\d{1,4})([dh])$/.exec(text);
  const isDate = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(text).success;
  if (!ago && !isDate) {
    throw new Error(`${flag} must be like 3d, 12h or 2026-11-01, not "${text}".`);
  }
  const moment = ago
    ? new Date(now.getTime() - Number(ago[1]) * (ago[2] === "d" ? dayMs : 3600_000))
    : new Date(text);
  if (moment >= now) throw new Error(`${flag} ${text} is not in the past.`);
  if (now.getTime() - moment.getTime() > longestDays * dayMs) {
    throw new Error(`${flag} ${text} is more than ${longestDays} days ago.`);
  }
  return moment;
}
