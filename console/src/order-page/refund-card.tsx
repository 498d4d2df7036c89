import { Button } from "@mantine/core";
import { useDecisions } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { formatMoney } from "../words/format-money.ts";
import { useDeeds } from "./use-deeds.tsx";

/** Money went back: what that means for the order, and what there is left to decide. */
export function RefundCard({ order }: { readonly order: OrderDetail }) {
  const { deeds: say } = words();
  const offers = useDecisions(order.reference).data?.offers;
  const ask = useDeeds();
  const forbidden = useForbidden();
  const { refunded, total, stoppedBecause } = order;
  if (!refunded || !offers) return null;
  const deeds = [
    ...(!offers.isShipped && offers.cancel === "now"
      ? [{ kind: "cancel", word: say.cancel } as const]
      : []),
    ...(offers.isShipped && offers.return === "now"
      ? [{ kind: "return", word: say.return } as const]
      : []),
    ...(offers.credit === "now" ? [{ kind: "credit", word: say.credit } as const] : []),
  ];
  const isStopped = stoppedBecause !== null;
  return (
    <section className="panel problem waiting" aria-labelledby="refund">
      <h2 id="refund">
        <MarkIcon mark="waiting" />
        <span>
          <span className="kicker">{say.refund.kicker}</span>{" "}
          {say.refund.title(formatMoney(refunded), formatMoney(total))}
        </span>
      </h2>
      {isStopped && <p>{say.refund.stopped}</p>}
      {offers.isShipped && offers.return === "now" && <p>{say.refund.shipped}</p>}
      {!offers.isShipped && offers.cancel === "now" && <p>{say.refund.notShipped}</p>}
      {deeds.length === 0 && <p>{say.refund.over}</p>}
      <div className="actions">
        {deeds.map(({ kind, word }, index) => (
          <Button
            key={kind}
            variant={index === 0 ? "filled" : "default"}
            disabled={!!forbidden}
            onClick={() => ask({ kind })}
          >
            {word}
          </Button>
        ))}
        {forbidden && deeds.length > 0 && <span>{forbidden}</span>}
      </div>
    </section>
  );
}
