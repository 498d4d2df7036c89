import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { type Offers, useDecideUnlessChanged } from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { providerName } from "../../words/provider-name.ts";
import { stepName } from "../../words/step-words.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import { areNamed, Outputs } from "./outputs.tsx";
import type { StepSheetProps } from "./sheet-props.ts";

/** What to enter for a step: a number where nothing more is known. */
export function outputNames({ steps }: Offers, step: string): readonly string[] {
  const names = steps.find((one) => one.step === step)?.byHand ?? [];
  return names.length > 0 ? names : ["id"];
}

/** A person looked where Ordna cannot: it is there, with its number, or it is not there. */
export function SettleSheet(props: StepSheetProps & { readonly names: readonly string[] }) {
  const { order, step, names, onClose } = props;
  const { order: say } = words();
  const [output, setOutput] = useState<Readonly<Record<string, string>>>({});
  const decide = useDecideUnlessChanged(order.reference);
  const key = useRef(crypto.randomUUID());
  const provider = order.steps.find(({ name }) => name === step)?.provider ?? "";
  const settle = (isThere: boolean) => {
    const body = { isThere, output: isThere ? output : {} };
    const path = `steps/${step}/settle`;
    decide.mutate({ path, body, key: `${key.current}-${isThere}` }, { onSuccess: onClose });
  };
  return (
    <DecisionSheet
      title={`${providerName(provider)}: ${stepName(step)}`}
      go={say.itIsThere}
      isReady={areNamed(names, output)}
      isPending={decide.isPending}
      error={decide.error}
      also={
        <Button variant="default" loading={decide.isPending} onClick={() => settle(false)}>
          {say.itIsNotThere}
        </Button>
      }
      onGo={() => settle(true)}
      onClose={onClose}
    >
      <p>{say.enterNumbers}</p>
      <Outputs names={names} values={output} onChange={setOutput} />
    </DecisionSheet>
  );
}
