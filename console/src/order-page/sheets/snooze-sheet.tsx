import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { words } from "../../language/words.ts";
import { type SnoozeWhen, snoozeTime, snoozeWhens } from "../../words/snooze-time.ts";
import { useUndoable } from "../use-undoable.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import type { SheetProps } from "./sheet-props.ts";

export function SnoozeSheet({ order, onClose }: SheetProps) {
  const { deeds: say } = words();
  const [when, setWhen] = useState<SnoozeWhen | "own">("hour");
  const [own, setOwn] = useState("");
  const { snooze, isPending } = useUndoable(order);
  const until = when === "own" ? new Date(own) : snoozeTime(when, new Date());
  const go = () => {
    snooze(until);
    onClose();
  };
  const choices = [...snoozeWhens, "own"] as const;
  return (
    <DecisionSheet
      title={say.snooze}
      go={say.snooze}
      isReady={until.getTime() > Date.now()}
      isPending={isPending}
      error={null}
      onGo={go}
      onClose={onClose}
    >
      <NativeSelect
        label={say.until}
        value={when}
        data-autofocus
        onChange={({ currentTarget: { value } }) =>
          setWhen(choices.find((one) => one === value) ?? "hour")
        }
        data={choices.map((one) => ({ value: one, label: say.untilWhen[one] }))}
      />
      {when === "own" && (
        <TextInput
          label={say.until}
          type="datetime-local"
          value={own}
          onChange={({ currentTarget }) => setOwn(currentTarget.value)}
        />
      )}
    </DecisionSheet>
  );
}
