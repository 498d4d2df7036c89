import { Link } from "@tanstack/react-router";
import type { Inbox } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { formatAgo, formatNumber } from "../words/format-time.ts";

/** The day in numbers; each leads to the list behind it. */
export function TodayStrip({ inbox, now }: { readonly inbox: Inbox; readonly now: Date }) {
  const { inbox: say } = words();
  const { today, counts, groups } = inbox;
  const oldest = groups
    .filter(({ who }) => who !== "nobody")
    .map((group) => group.oldest)
    .sort()[0];
  const numbers = [
    { word: say.today.paid, value: formatNumber(today.paid), view: "today" },
    { word: say.today.done, value: formatNumber(today.done), view: "done" },
    { word: say.today.waiting, value: formatNumber(counts.waiting), view: "waiting" },
    { word: say.today.attention, value: formatNumber(counts.attention), view: "needs-you" },
    {
      word: say.today.oldest,
      value: oldest ? formatAgo(new Date(oldest), now) : "–",
      view: "needs-you",
    },
  ] as const;
  return (
    <section aria-labelledby="today">
      <h2 id="today">{say.todayTitle}</h2>
      <ul className="numbers">
        {numbers.map(({ word, value, view }) => (
          <li key={word}>
            <Link to="/orders" search={{ view }} className="panel">
              <b>{value}</b> <span>{word}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
