import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Group, InboxOrder } from "../api/use-inbox.ts";
import { useForbidden, useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { formatMoney } from "../words/format-money.ts";
import { formatTime } from "../words/format-time.ts";
import { stepName } from "../words/step-words.ts";
import { useSuggestion } from "./use-suggestion.ts";

interface InboxRowProps {
  readonly order: InboxOrder;
  readonly group: Group;
  readonly isOne: boolean;
  readonly now: Date;
}

export function InboxRow({ order, group, isOne, now }: InboxRowProps) {
  const { inbox: say } = words();
  const forbidden = useForbidden();
  const suggestion = useSuggestion();
  const number = order.shopOrder ?? order.reference;
  const target = { to: "/orders/$reference", params: { reference: order.reference } } as const;
  const values = order.suggested.map(({ after }) => after).join(", ");
  return (
    <li data-row data-reference={order.reference}>
      <Link {...target} className="order-link">
        {number}
      </Link>
      <span className="customer-name">
        {order.customer} <States order={order} now={now} />
      </span>
      <span className="amount">{formatMoney(order.total)}</span>
      {order.message && <p className="stuck-message">{order.message}</p>}
      {group.state === "attention" && (
        <span className="row-act">
          {values !== "" && (
            <Button
              variant="default"
              disabled={!!forbidden}
              loading={suggestion.isPending}
              title={forbidden}
              onClick={() => suggestion.mutate([order])}
              aria-label={`${say.apply(values)}: ${number}`}
            >
              {say.apply(values)}
            </Button>
          )}
          <Link
            {...target}
            className={isOne ? "button primary" : "button"}
            aria-label={`${say.fixOne}: ${number}, ${stepName(order.step)}`}
          >
            {say.fixOne}
          </Link>
        </span>
      )}
      {suggestion.error && <p role="alert">{suggestion.error.message}</p>}
    </li>
  );
}

/** Whose it is, until when it is put off, and whether it came back. */
function States({ order, now }: Pick<InboxRowProps, "order" | "now">) {
  const { care } = words().deeds;
  const me = useMe()?.name;
  const { assignedTo, snoozedUntil, isReopened } = order;
  const until = snoozedUntil === null ? undefined : new Date(snoozedUntil);
  return (
    <>
      {isReopened && <span className="chip">{care.reopened}</span>}
      {assignedTo !== null && (
        <span className="chip">{assignedTo === me ? care.mine : care.of(assignedTo)}</span>
      )}
      {until && until > now && <span className="chip">{care.snoozed(formatTime(until, now))}</span>}
    </>
  );
}
