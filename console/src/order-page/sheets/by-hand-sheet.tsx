import { TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { useDecideUnlessChanged } from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { stepName } from "../../words/step-words.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import { areNamed, Outputs } from "./outputs.tsx";
import type { StepSheetProps } from "./sheet-props.ts";

/** A person did it at the provider, and says under which number it is there. */
export function ByHandSheet(props: StepSheetProps & { readonly names: readonly string[] }) {
  const { order, step, names, onClose } = props;
  const { deeds: say } = words();
  const [output, setOutput] = useState<Readonly<Record<string, string>>>({});
  const [why, setWhy] = useState("");
  const decide = useDecideUnlessChanged(order.reference);
  const key = useRef(crypto.randomUUID());
  const go = () => {
    const reason = why.trim();
    const body = { output, ...(reason ? { reason } : {}) };
    const decision = { path: `steps/${step}/by-hand`, body, key: key.current };
    decide.mutate(decision, {
      onSuccess: () => {
        tell(say.did.byHand(stepName(step)));
        onClose();
      },
    });
  };
  return (
    <DecisionSheet
      title={`${say.byHand}: ${stepName(step)}`}
      go={say.byHand}
      isReady={areNamed(names, output)}
      isPending={decide.isPending}
      error={decide.error}
      onGo={go}
      onClose={onClose}
    >
      <p>{say.needsHand}</p>
      <Outputs names={names} values={output} onChange={setOutput} />
      <TextInput
        label={say.why}
        value={why}
        maxLength={300}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
    </DecisionSheet>
  );
}
