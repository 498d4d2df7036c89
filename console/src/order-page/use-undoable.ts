// What is decided at once because it can be undone: a hold, who looks after an order, until when it is put off.
import { useDecide, useDecisions } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { tell } from "../shell/told.ts";
import { formatTime } from "../words/format-time.ts";

export function useUndoable(order: OrderDetail) {
  const { deeds: say } = words();
  const me = useMe()?.name;
  const { assignedTo = null, held } = useDecisions(order.reference).data ?? {};
  const decide = useDecide(order.reference);
  const number = order.shopOrder ?? order.reference;
  // By its promise: the sheet that asked may be closed by then.
  const make = (path: string, body: object, told: string, undo?: () => void) =>
    void decide.mutateAsync({ path, body, key: crypto.randomUUID() }).then(
      () => tell(told, undo),
      (error: Error) => tell(error.message),
    );
  const quietly = (path: string, body: object) => () =>
    decide.mutate({ path, body, key: crypto.randomUUID() });
  const assign = (to: string | null) => {
    const told =
      to === null
        ? say.did.giveBack(number)
        : to === me
          ? say.did.take(number)
          : say.did.assign(number, to);
    make("assign", to ? { to } : {}, told, quietly("assign", assignedTo ? { to: assignedTo } : {}));
  };
  return {
    isPending: decide.isPending,
    isMine: me !== undefined && assignedTo === me,
    assign,
    /** To the reader, or away from them. */
    take: () => assign(assignedTo === me ? null : (me ?? null)),
    release: () =>
      make(
        "release",
        {},
        say.did.release(number),
        held ? quietly("hold", { reason: held.because }) : undefined,
      ),
    undoHold: quietly("release", {}),
    snooze: (until: Date) =>
      make(
        "snooze",
        { until: until.toISOString() },
        say.did.snooze(number, formatTime(until, new Date())),
        quietly("snooze", {}),
      ),
  };
}
