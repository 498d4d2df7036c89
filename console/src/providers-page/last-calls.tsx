import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatNumber, formatTime } from "../words/format-time.ts";
import { stepName } from "../words/step-words.ts";

const text = bounded(20_000);
const callsSchema = z.object({
  calls: z.array(
    z.object({
      at: z.iso.datetime(),
      reference: text,
      shopOrder: z.nullable(text),
      step: text,
      outcome: z.nullable(text),
      message: z.nullable(text),
      tookMs: z.nullable(z.int()),
    }),
  ),
});

/** The last twenty, asked for when somebody wants to see them. */
export function LastCalls({ account }: { readonly account: string }) {
  const { providers: say } = words();
  const [isOpen, setOpen] = useState(false);
  const query = new URLSearchParams({ account, limit: "20" });
  const path = `/api/accounts/calls?${query}`;
  const { data } = useLoad(["orders", "calls", account], path, callsSchema, { isWanted: isOpen });
  const outcomes: Readonly<Record<string, string>> = say.outcomes;
  const now = new Date();
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say.calls}</summary>
      {data?.calls.length === 0 && <p>{say.noCalls}</p>}
      {data && data.calls.length > 0 && (
        <Sheet
          caption={say.calls}
          columns={[
            { name: say.call.at },
            { name: say.call.order },
            { name: say.call.step },
            { name: say.call.how },
            { name: say.call.ms, isAmount: true },
          ]}
          rows={data.calls.map((call) => ({
            key: `${call.reference} ${call.step} ${call.at}`,
            cells: [
              formatTime(new Date(call.at), now, "with seconds"),
              <OrderLink key="order" {...call} />,
              stepName(call.step),
              outcomes[call.outcome ?? "running"] ?? call.outcome,
              call.tookMs === null
                ? "–"
                : formatNumber(call.tookMs, { style: "unit", unit: "millisecond" }),
            ],
          }))}
        />
      )}
    </details>
  );
}
