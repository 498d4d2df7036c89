// The keys that act on the row that has the focus.
import { useMemo } from "react";
import { useDecideOnMany } from "../api/decide-on-many.ts";
import type { InboxOrder } from "../api/use-inbox.ts";
import { useForbidden, useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { focusedReference, type Shortcuts, useShortcuts } from "../shell/keyboard.ts";
import { tell } from "../shell/told.ts";
import { useGo } from "../shell/use-go.ts";

export function useInboxKeys(shown: readonly InboxOrder[]): void {
  const go = useGo();
  const me = useMe()?.name;
  const forbidden = useForbidden();
  const { mutate, mutateAsync } = useDecideOnMany();
  const shortcuts = useMemo<Shortcuts>(() => {
    const failed = (error: Error) => tell(error.message);
    const focused = () => shown.find(({ reference }) => reference === focusedReference());
    return {
      e: () => {
        const order = focused() ?? shown[0];
        if (order) go(`/orders/${order.reference}`);
      },
      r: () => {
        const order = focused();
        if (!order || forbidden) return;
        const told = () => tell(words().deeds.did.selected(1));
        void mutateAsync({ deed: "retry", orders: [order.reference] }).then(told, failed);
      },
      a: () => {
        const order = focused();
        if (!order || forbidden || me === undefined) return;
        const { reference, shopOrder, assignedTo } = order;
        const { take, giveBack } = words().deeds.did;
        const isMine = assignedTo === me;
        const orders = [reference];
        const back = () =>
          mutate({ deed: "assign", orders, ...(assignedTo ? { to: assignedTo } : {}) });
        const text = (isMine ? giveBack : take)(shopOrder ?? reference);
        const asked = { deed: "assign", orders, ...(isMine ? {} : { to: me }) } as const;
        void mutateAsync(asked).then(() => tell(text, back), failed);
      },
    };
  }, [shown, go, me, forbidden, mutate, mutateAsync]);
  useShortcuts(shortcuts);
}
