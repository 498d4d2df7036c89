import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { timeZone, useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { minutesOfWork } from "../settings-page/minutes-of-work.ts";
import { Bars } from "../shell/bars.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { causeName } from "../words/cause-name.ts";
import { formatDay, formatNumber, formatSpan } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";

const text = bounded(500);
const reportSchema = z.object({
  orders: z.int(),
  done: z.int(),
  touchless: z.int(),
  halfWithinMs: z.nullable(z.number()),
  mostWithinMs: z.nullable(z.number()),
  causes: z.array(
    z.object({
      cause: text,
      provider: text,
      orders: z.int(),
      halfWithinMs: z.nullable(z.number()),
    }),
  ),
  perDay: z.array(z.object({ day: text, orders: z.int(), touchless: z.int() })),
});
type Report = Readonly<z.infer<typeof reportSchema>>;
const spans = [7, 30, 90, 365];

export function ReportsPage() {
  const { reports: say } = words();
  const [days, setDays] = useState(30);
  const query = new URLSearchParams({ days: String(days), timeZone: timeZone() });
  const choice = (
    <NativeSelect
      aria-label={say.title}
      value={String(days)}
      onChange={(event) => setDays(Number(event.currentTarget.value))}
      data={spans.map((span) => ({ value: String(span), label: say.days(span) }))}
    />
  );
  return (
    <OfficePage
      title={say.title}
      intro={say.touchlessWhy}
      aside={choice}
      query={useLoad(["orders", "report", days], `/api/reports/orders?${query}`, reportSchema)}
    >
      {(report) => (
        <>
          <Numbers report={report} />
          <section className="panel" aria-labelledby="per-day">
            <h2 id="per-day">{say.perDay}</h2>
            <Bars
              title={say.perDay}
              bars={everyDay(report, days).map((day) => ({
                name: formatDay(day.day),
                value: day.orders,
                word: say.ofThem(day.orders, day.touchless),
              }))}
            />
          </section>
          <section aria-labelledby="causes">
            <h2 id="causes">{say.causes}</h2>
            <p className="soft">{say.minutesWhy}</p>
            {report.causes.length === 0 ? (
              <p className="soft">{say.noCauses}</p>
            ) : (
              <Sheet
                caption={say.causes}
                columns={[
                  { name: say.cause },
                  { name: words().settings.provider },
                  { name: say.count, isAmount: true },
                  { name: say.minutes, isAmount: true },
                ]}
                rows={report.causes.map((one) => ({
                  key: `${one.provider} ${one.cause}`,
                  cells: [
                    causeName(one.cause, one.provider),
                    providerName(one.provider),
                    formatNumber(one.orders),
                    one.halfWithinMs === null ? "–" : formatSpan(one.halfWithinMs),
                  ],
                }))}
              />
            )}
          </section>
        </>
      )}
    </OfficePage>
  );
}

/** Also the days on which nobody bought. */
function everyDay({ perDay }: Report, days: number): Report["perDay"] {
  const known = new Map(perDay.map((one) => [one.day, one]));
  return Array.from({ length: days }, (_, index) => {
    const time = new Date();
    time.setDate(time.getDate() - (days - 1 - index));
    // The Swedish way to write a date is ISO's.
    const day = time.toLocaleDateString("sv");
    return known.get(day) ?? { day, orders: 0, touchless: 0 };
  });
}

function Numbers({ report }: { readonly report: Report }) {
  const { reports: say } = words();
  const minutes = minutesOfWork();
  const share = report.done === 0 ? 0 : report.touchless / report.done;
  const span = (ms: number | null) => (ms === null ? "–" : formatSpan(ms));
  const hours = (report.touchless * minutes) / 60;
  const numbers = [
    [formatNumber(report.orders), say.count],
    [formatNumber(share, { style: "percent", maximumFractionDigits: 1 }), say.touchless],
    [formatNumber(hours, { maximumFractionDigits: 1 }), `${say.hours}. ${say.hoursWhy(minutes)}`],
    [span(report.halfWithinMs), `${say.paidToDone}: ${say.half}`],
    [span(report.mostWithinMs), `${say.paidToDone}: ${say.most}`],
  ] as const;
  return (
    <ul className="numbers">
      {numbers.map(([value, word]) => (
        <li key={word} className="panel">
          <b>{value}</b> <span>{word}</span>
        </li>
      ))}
    </ul>
  );
}
