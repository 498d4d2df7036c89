import type { Counts } from "../api/order-schema.ts";
import { Link } from "../router/link.tsx";
import { addressOfList, type Show } from "../router/route.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import type { Mark } from "../words/step-mark.ts";

interface Choice {
  readonly show: Show;
  readonly word: string;
  readonly count: number;
  readonly mark?: Mark;
}

/** Every number is a link to the list behind it. */
export function ShowLinks({ counts, show }: { readonly counts: Counts; readonly show: Show }) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const choices: readonly Choice[] = [
    { show: "all", word: "All", count: all },
    { show: "needs-you", word: "Needs you", count: counts.attention, mark: "needs-you" },
    { show: "waiting", word: "Waiting", count: counts.waiting, mark: "waiting" },
    { show: "in-progress", word: "In progress", count: counts.open, mark: "running" },
    { show: "done", word: "Done", count: counts.done, mark: "done" },
    { show: "cancelled", word: "Cancelled", count: counts.cancelled, mark: "skipped" },
  ];
  const shown = choices.filter(
    (choice) => choice.show !== "cancelled" || choice.count > 0 || show === "cancelled",
  );
  return (
    <nav aria-label="Orders by state" className="show-links">
      <ul>
        {shown.map((choice) => (
          <li key={choice.show}>
            <Link
              to={addressOfList(choice.show)}
              aria-current={choice.show === show ? "page" : undefined}
              className={choice.count === 0 ? "none" : ""}
            >
              {choice.mark && <MarkIcon mark={choice.mark} />}
              {choice.word} <b>{choice.count}</b>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
