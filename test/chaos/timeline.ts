// The short story of one order, from the witness's log and the schedule.
import type { Strike } from "./strikes.ts";
import type { Entry } from "./witness-log.ts";

export function timelineOf(
  reference: string,
  log: readonly Entry[],
  strikes: readonly Strike[],
): string[] {
  const email = log.find((e) => e.what === "paid" && e.reference === reference);
  const owners = [reference, email?.what === "paid" ? email.email : reference];
  const own = log.flatMap((entry) => {
    const isOurs =
      ("reference" in entry && entry.reference === reference) ||
      ("email" in entry && owners.includes(entry.email));
    return isOurs ? [{ atMs: entry.atMs, text: tell(entry) }] : [];
  });
  const from = own.at(0)?.atMs ?? 0;
  const to = own.at(-1)?.atMs ?? 0;
  const around = strikes
    .filter(({ atMs, forMs = 0 }) => atMs + forMs >= from && atMs <= to)
    .map(({ atMs, kind, target, forMs }) => ({
      atMs,
      text: `  ~ ${kind} ${target}${forMs ? ` for ${(forMs / 1000).toFixed(1)} s` : ""}`,
    }));
  return [...own, ...around]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, text }) => `${(atMs / 1000).toFixed(3).padStart(10)} s  ${text}`);
}

function tell(entry: Entry): string {
  switch (entry.what) {
    case "paid":
      return `paid by ${entry.email}`;
    case "acknowledged":
      return `2xx for ${entry.event}`;
    case "undelivered":
      return `${entry.event} was not taken: ${entry.why}`;
    case "request":
      return `${entry.provider.padEnd(9)} ${entry.request} -> ${entry.answer}`;
    case "holds":
      return `${entry.provider.padEnd(9)} holds ${entry.kind} ${entry.id}`;
    case "mischief":
      return `${entry.provider.padEnd(9)} ${entry.kind}`;
  }
}
