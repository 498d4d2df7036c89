import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import {
  type FactChange,
  type FieldToCorrect,
  useDecideUnlessChanged,
  usePreview,
} from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { Consequences } from "./consequences.tsx";
import { DecisionSheet } from "./decision-sheet.tsx";
import { fieldWords } from "./field-words.ts";
import type { SheetProps } from "./sheet-props.ts";

const reasons = ["digit", "told", "looked", "other"] as const;
const restMs = 300;

/** Corrects facts of the order, and says before what is done, changed and kept. */
export function CorrectSheet({
  order,
  fields,
  onClose,
}: SheetProps & { readonly fields: readonly FieldToCorrect[] }) {
  const { fix: say, order: orderWords, deeds } = words();
  const [values, setValues] = useState(() => startOf(fields));
  const [reason, setReason] = useState<(typeof reasons)[number]>("digit");
  const [other, setOther] = useState("");
  const preview = usePreview(order.reference);
  const decide = useDecideUnlessChanged(order.reference);
  const key = useRef(crypto.randomUUID());
  const changes = changesIn(fields, values);
  usePreviewOf(changes, preview.mutate);
  const isRefused = typeof preview.data?.refusal === "string";
  const go = () => {
    const why = reason === "other" ? other.trim() : say.reasons[reason];
    const decision = { path: "amend", body: { changes, reason: why }, key: key.current };
    decide.mutate(decision, {
      onSuccess: () => {
        tell(deeds.did.amend);
        onClose();
      },
    });
  };
  return (
    <DecisionSheet
      title={say.title(order.shopOrder ?? order.reference)}
      go={say.go}
      isReady={changes.length > 0 && !isRefused && (reason !== "other" || other.trim() !== "")}
      isPending={decide.isPending}
      error={decide.error}
      yours={values}
      also={<span>{orderWords.safe}</span>}
      onGo={go}
      onClose={onClose}
    >
      {fields.map(({ field, value, suggestion }, index) => (
        <TextInput
          key={field}
          {...fieldWords(field)}
          data-autofocus={index === 0 ? true : undefined}
          value={values[field] ?? ""}
          onChange={({ currentTarget }) =>
            setValues((before) => ({ ...before, [field]: currentTarget.value }))
          }
          description={suggestion && suggestion !== value ? say.suggestion(suggestion) : undefined}
        />
      ))}
      <section aria-label={say.willHappen} className="will-happen" aria-live="polite">
        <h3>{say.willHappen}</h3>
        {changes.length === 0 && <p className="soft">{say.nothingChanged}</p>}
        {changes.length > 0 && preview.data && <Consequences preview={preview.data} />}
        {preview.error && <p role="alert">{preview.error.message}</p>}
      </section>
      <NativeSelect
        label={say.reason}
        value={reason}
        onChange={({ currentTarget: { value } }) =>
          setReason(reasons.find((one) => one === value) ?? "other")
        }
        data={reasons.map((one) => ({ value: one, label: say.reasons[one] }))}
      />
      {reason === "other" && (
        <TextInput
          label={say.otherReason}
          value={other}
          maxLength={300}
          onChange={({ currentTarget }) => setOther(currentTarget.value)}
        />
      )}
    </DecisionSheet>
  );
}

/** What is suggested stands in the field already; the old value stands under it. */
function startOf(fields: readonly FieldToCorrect[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map(({ field, value, suggestion }) => [field, suggestion ?? String(value ?? "")]),
  );
}

function changesIn(
  fields: readonly FieldToCorrect[],
  values: Readonly<Record<string, string>>,
): FactChange[] {
  return fields.flatMap(({ field, value }) => {
    const written = (values[field] ?? "").trim();
    return written === String(value ?? "")
      ? []
      : [{ field, value: written === "" ? null : written }];
  });
}

/** Asks what would happen, when nobody has typed for a moment. */
function usePreviewOf(
  changes: readonly FactChange[],
  ask: (changes: readonly FactChange[]) => void,
): void {
  const asked = JSON.stringify(changes);
  useEffect(() => {
    const wanted: FactChange[] = JSON.parse(asked);
    if (wanted.length === 0) return;
    const timer = setTimeout(() => ask(wanted), restMs);
    return () => clearTimeout(timer);
  }, [asked, ask]);
}
