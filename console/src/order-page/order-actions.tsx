import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useDecisions } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { type Shortcuts, useShortcuts } from "../shell/keyboard.ts";
import { formatTime } from "../words/format-time.ts";
import { useDeeds } from "./use-deeds.tsx";
import type { RetryStep } from "./use-retry-step.ts";
import { useUndoable } from "./use-undoable.ts";

const MoreDeeds = lazy(() => import("./more-deeds.tsx"));

interface OrderActionsProps {
  readonly order: OrderDetail;
  readonly retry: RetryStep;
  readonly now: Date;
}

/** What concerns the whole order: hold it, look after it, write a note; all the rest is behind "More". */
export function OrderActions({ order, retry, now }: OrderActionsProps) {
  const { deeds: say } = words();
  const standing = useDecisions(order.reference).data;
  const { isPending, isMine, take, release } = useUndoable(order);
  const ask = useDeeds();
  const forbidden = useForbidden();
  const isHeld = standing?.held != null;
  const canHold = standing?.offers.hold === "now";
  useOrderKeys(!forbidden, { canHold: canHold && !isHeld, take });
  return (
    <div className="order-actions">
      <Standing order={order} now={now} />
      <div className="actions">
        {isHeld ? (
          <Button variant="default" disabled={!!forbidden} loading={isPending} onClick={release}>
            {say.release}
          </Button>
        ) : (
          canHold && (
            <Button
              variant="default"
              disabled={!!forbidden}
              title="h"
              onClick={() => ask({ kind: "hold" })}
            >
              {say.hold}
            </Button>
          )
        )}
        <Button variant="default" disabled={!!forbidden || isPending} title="a" onClick={take}>
          {isMine ? say.giveBack : say.take}
        </Button>
        <Button
          variant="default"
          disabled={!!forbidden}
          title="n"
          onClick={() => ask({ kind: "note" })}
        >
          {say.note}
        </Button>
        <MoreButton order={order} retry={retry} isForbidden={!!forbidden} />
        {forbidden && <span>{forbidden}</span>}
      </div>
    </div>
  );
}

function MoreButton(props: {
  readonly order: OrderDetail;
  readonly retry: RetryStep;
  readonly isForbidden: boolean;
}) {
  const { order, retry, isForbidden } = props;
  const [isAsked, setAsked] = useState(false);
  const ask = useDeeds();
  const button = (
    <Button
      variant="default"
      disabled={isForbidden}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      {words().deeds.more}
    </Button>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <MoreDeeds order={order} onDeed={ask} onRetry={retry.retry} />
    </Suspense>
  );
}

/** Held, put off, looked after: said where it can be changed. */
function Standing({ order, now }: { readonly order: OrderDetail; readonly now: Date }) {
  const { order: say, deeds } = words();
  const { isMine } = useUndoable(order);
  const standing = useDecisions(order.reference).data;
  if (!standing) return null;
  const { held, assignedTo, snoozedUntil } = standing;
  const until = snoozedUntil === null ? undefined : new Date(snoozedUntil);
  return (
    <>
      {held && (
        <p>
          <strong>{say.onHold}:</strong> {held.because}
        </p>
      )}
      {(assignedTo || (until && until > now)) && (
        <p className="care">
          {assignedTo && (
            <span className="chip">{isMine ? deeds.care.mine : deeds.care.of(assignedTo)}</span>
          )}
          {until && until > now && (
            <span className="chip">{deeds.care.snoozed(formatTime(until, now))}</span>
          )}
        </p>
      )}
    </>
  );
}

function useOrderKeys(
  isAllowed: boolean,
  { canHold, take }: { readonly canHold: boolean; readonly take: () => void },
): void {
  const ask = useDeeds();
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      h: () => isAllowed && canHold && ask({ kind: "hold" }),
      a: () => isAllowed && take(),
      n: () => isAllowed && ask({ kind: "note" }),
      p: () => document.querySelector<HTMLAnchorElement>("[data-label]")?.click(),
    }),
    [isAllowed, canHold, ask, take],
  );
  useShortcuts(shortcuts);
}
