import { Link } from "@tanstack/react-router";
import type { Counts } from "../api/order-schema.ts";
import { useCounts } from "../api/use-counts.ts";
import { type View, views } from "../api/use-orders.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { formatNumber } from "../words/format-time.ts";
import type { Mark } from "../words/step-mark.ts";

const marks: Partial<Record<View, Mark>> = {
  "needs-you": "needs-you",
  waiting: "waiting",
  "in-progress": "running",
  done: "done",
  cancelled: "skipped",
};

/** The server counts no further. */
const mostCounted = 10_000;

const atMost = (count: number) =>
  count > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(count);

/** Every number is a link to the list behind it. */
export function ViewLinks({ counts, view }: { readonly counts: Counts; readonly view: View }) {
  const { orders } = words();
  const unprinted = useCounts().data?.unprinted;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const countOf: Partial<Record<View, number | undefined>> = {
    all,
    "needs-you": counts.attention,
    waiting: counts.waiting,
    "in-progress": counts.open,
    done: counts.done,
    cancelled: counts.cancelled,
    "not-printed": unprinted,
  };
  return (
    <nav aria-label={orders.byState} className="show-links">
      <ul>
        {views.map((one) => {
          const count = countOf[one];
          const mark = marks[one];
          return (
            <li key={one}>
              <Link
                to="/orders"
                search={one === "all" ? {} : { view: one }}
                aria-current={one === view ? "page" : undefined}
                activeOptions={{ includeSearch: true, exact: true }}
                className={count === 0 ? "none" : ""}
              >
                {mark && <MarkIcon mark={mark} />}
                {orders.views[one]} {count !== undefined && <b>{atMost(count)}</b>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
