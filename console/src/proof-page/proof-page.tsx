import { Link } from "@tanstack/react-router";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { timeZone, useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatDay, formatNumber, formatTime } from "../words/format-time.ts";
import { CompareWithStripe } from "./compare-with-stripe.tsx";

const text = bounded(500);
const daySchema = z.object({
  day: text,
  payments: z.int(),
  orders: z.int(),
  labels: z.int(),
  invoices: z.int(),
  mails: z.int(),
  stopped: z.int(),
  holes: z.array(z.object({ reference: text, shopOrder: z.nullable(text) })),
  holeCount: z.int(),
  unread: z.int(),
  silences: z.optional(z.array(z.object({ from: text, until: text }))),
});
type Day = Readonly<z.infer<typeof daySchema>>;

/** "Was anything lost?" */
export function ProofPage() {
  const { proof: say, shell } = words();
  const query = new URLSearchParams({ days: "14", timeZone: timeZone() });
  const schema = z.object({ days: z.array(daySchema) });
  return (
    <OfficePage
      title={say.title}
      intro={say.intro}
      query={useLoad(["orders", "days"], `/api/reports/days?${query}`, schema)}
    >
      {({ days }) => (
        <>
          <Sheet
            caption={say.title}
            columns={[
              { name: shell.day },
              { name: say.columns.payments, isAmount: true },
              { name: say.columns.orders, isAmount: true },
              { name: say.columns.labels, isAmount: true },
              { name: say.columns.invoices, isAmount: true },
              { name: say.columns.mails, isAmount: true },
              { name: say.columns.holes },
            ]}
            rows={days.map((day) => ({
              key: day.day,
              cells: [
                formatDay(day.day),
                ...[day.payments, day.orders, day.labels, day.invoices, day.mails].map((count) =>
                  formatNumber(count),
                ),
                <Holes key="holes" day={day} />,
              ],
            }))}
          />
          <CompareWithStripe />
        </>
      )}
    </OfficePage>
  );
}

function Holes({ day }: { readonly day: Day }) {
  const { proof: say, inbox } = words();
  const silences = day.silences ?? [];
  const isQuiet = day.orders === 0 && day.payments === 0;
  if (isQuiet && silences.length === 0) return <span className="soft">–</span>;
  const now = new Date();
  const more = day.holeCount - day.holes.length;
  return (
    <div className="holes">
      {silences.map(({ from, until }) => (
        <strong key={from}>
          {say.silent(formatTime(new Date(from), now), formatTime(new Date(until), now))}
        </strong>
      ))}
      {isQuiet ? null : day.holeCount === 0 ? (
        <span className="done">
          <MarkIcon mark="done" /> {say.complete}
        </span>
      ) : (
        <span>
          <MarkIcon mark="waiting" /> {say.holes(day.holeCount)}:{" "}
        </span>
      )}
      {day.holes.map((hole) => (
        <OrderLink key={hole.reference} {...hole} />
      ))}
      {more > 0 && inbox.moreOrders(more)}
      {day.unread > 0 && <Link to="/events">{say.unread(day.unread)}</Link>}
      {day.stopped > 0 && <span className="soft">{say.refunded(day.stopped)}</span>}
    </div>
  );
}
