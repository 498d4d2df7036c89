import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useDecisions } from "../../api/decide.ts";
import { useColleagues, useMe } from "../../api/use-me.ts";
import { words } from "../../language/words.ts";
import { useUndoable } from "../use-undoable.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import type { SheetProps } from "./sheet-props.ts";

/** The reader first, then everybody else, then nobody. */
export function AssignSheet({ order, onClose }: SheetProps) {
  const { deeds: say } = words();
  const me = useMe()?.name;
  const assignedTo = useDecisions(order.reference).data?.assignedTo ?? "";
  const others = useColleagues(true).filter(({ id }) => id !== me);
  const [to, setTo] = useState(assignedTo);
  const { assign, isPending } = useUndoable(order);
  const go = () => {
    assign(to === "" ? null : to);
    onClose();
  };
  const known = [
    { value: "", label: say.nobody },
    ...(me ? [{ value: me, label: say.me(me) }] : []),
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const isKnown = known.some(({ value }) => value === to);
  return (
    <DecisionSheet
      title={say.assign}
      go={say.assign}
      isReady={to !== assignedTo}
      isPending={isPending}
      error={null}
      onGo={go}
      onClose={onClose}
    >
      <NativeSelect
        label={say.assignTo}
        value={to}
        data-autofocus
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
        data={isKnown ? known : [{ value: to, label: to }, ...known]}
      />
    </DecisionSheet>
  );
}
