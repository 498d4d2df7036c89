import { TextInput } from "@mantine/core";
import { useState } from "react";
import { words } from "../language/words.ts";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";
import { countryName } from "../words/place-name.ts";
import { PrintAll, PrintSome } from "./print-all.tsx";
import { Reprint } from "./reprint.tsx";
import { type Label, useLabels } from "./use-labels.ts";

/** For the packing table: what is to print, and what was printed. */
export function PrintPage() {
  const { print: say } = words();
  const now = useNow();
  return (
    <OfficePage title={say.title} intro={say.intro} query={useLabels()}>
      {({ unprinted, printed }) => (
        <>
          <Unprinted labels={unprinted} printed={printed} now={now} />
          <section aria-labelledby="printed">
            <h2 id="printed">{say.printedTitle}</h2>
            {printed.length === 0 ? (
              <p className="soft">{say.printedNone}</p>
            ) : (
              <Labels title={say.printedTitle} labels={printed} now={now} isPrinted />
            )}
          </section>
        </>
      )}
    </OfficePage>
  );
}

interface UnprintedProps {
  readonly labels: readonly Label[];
  readonly printed: readonly Label[];
  readonly now: Date;
}

/** By service, and only what was made before the van's time if somebody says so. */
function Unprinted({ labels, printed, now }: UnprintedProps) {
  const { print: say } = words();
  const [until, setUntil] = useState("");
  const [hours, minutes] = until.split(":").map(Number);
  const cutOff = until && new Date(now).setHours(hours ?? 0, minutes ?? 0, 59, 999);
  const chosen = cutOff ? labels.filter(({ madeAt }) => Date.parse(madeAt) <= cutOff) : labels;
  const services = Map.groupBy(chosen, ({ service }) => service ?? say.noService);
  return (
    <>
      {labels.length > 0 && (
        <TextInput
          className="short-field"
          type="time"
          label={say.cutOff}
          description={say.cutOffWhy}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      )}
      <PrintAll labels={chosen} scannable={[...labels, ...printed]} />
      {[...services].map(([service, some]) => (
        <section key={service} aria-label={say.service(service, some.length)}>
          <div className="title-row">
            <h2>{say.service(service, some.length)}</h2>
            {services.size > 1 && <PrintSome service={service} labels={some} />}
          </div>
          <Labels title={say.service(service, some.length)} labels={some} now={now} />
        </section>
      ))}
      {chosen.length > 0 && <PickList labels={chosen} />}
    </>
  );
}

interface LabelsProps {
  readonly title: string;
  readonly labels: readonly Label[];
  readonly now: Date;
  readonly isPrinted?: boolean;
}

function Labels({ title, labels, now, isPrinted = false }: LabelsProps) {
  const { columns } = words().print;
  return (
    <Sheet
      caption={title}
      columns={[
        { name: columns.order },
        { name: columns.to },
        { name: columns.service },
        { name: columns.parcel },
        { name: isPrinted ? columns.printed : columns.made },
        { name: words().print.reprintShort },
      ]}
      rows={labels.map((label) => ({
        key: `${label.reference} ${label.step}`,
        cells: [
          <OrderLink key="order" {...label} />,
          [label.customer, label.city, label.country && countryName(label.country)]
            .filter(Boolean)
            .join(", "),
          label.service ?? "–",
          label.trackingNumber ?? "–",
          isPrinted
            ? `${formatTime(new Date(label.printedAt ?? label.madeAt), now)} ${label.printedBy ?? ""}`
            : formatTime(new Date(label.madeAt), now),
          <Reprint key="reprint" label={label} />,
        ],
      }))}
    />
  );
}

/** What to fetch from the shelf for all of them together. */
function PickList({ labels }: { readonly labels: readonly Label[] }) {
  const { print: say, order } = words();
  const counts = new Map<string, number>();
  for (const { lines } of labels) {
    for (const line of lines) {
      counts.set(line.description, (counts.get(line.description) ?? 0) + line.quantity);
    }
  }
  return (
    <details className="panel">
      <summary>{say.pick}</summary>
      <Sheet
        caption={say.pick}
        columns={[{ name: order.item }, { name: order.quantity, isAmount: true }]}
        rows={[...counts].map(([description, quantity]) => ({
          key: description,
          cells: [description, String(quantity)],
        }))}
      />
    </details>
  );
}
