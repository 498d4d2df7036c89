import { Button, Drawer, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type FactChange, type Hold, useDecide, usePreview } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { Consequences } from "./consequences.tsx";
import { fieldWords } from "./field-words.ts";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Drawer.layer.css";

interface FixSheetProps {
  readonly order: OrderDetail;
  readonly hold: Hold;
  readonly onClose: () => void;
}

const reasons = ["digit", "told", "looked", "other"] as const;
const restMs = 300;

/** Corrects the facts that stand in the way, and says before what is done, changed and kept. */
export default function FixSheet({ order, hold, onClose }: FixSheetProps) {
  const { fix: say, shell, order: orderWords } = words();
  const [values, setValues] = useState(() => startOf(hold));
  const [reason, setReason] = useState<(typeof reasons)[number]>("digit");
  const [other, setOther] = useState("");
  const preview = usePreview(order.reference);
  const decide = useDecide(order.reference);
  const key = useRef(crypto.randomUUID());
  const changes = changesIn(hold, values);
  usePreviewOf(changes, preview.mutate);
  const isRefused = typeof preview.data?.refusal === "string";
  const go = (event: FormEvent) => {
    event.preventDefault();
    const why = reason === "other" ? other.trim() : say.reasons[reason];
    const body = { changes, reason: why };
    decide.mutate({ path: "amend", body, key: key.current }, { onSuccess: onClose });
  };
  const isReady = changes.length > 0 && !isRefused && (reason !== "other" || other.trim() !== "");
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      lockScroll={false}
      title={say.title(order.shopOrder ?? order.reference)}
      closeButtonProps={{ "aria-label": shell.close }}
      className="fix-sheet"
    >
      <form onSubmit={go}>
        {hold.fields.map(({ field, value, suggestion }, index) => (
          <TextInput
            key={field}
            {...fieldWords(field)}
            data-autofocus={index === 0 ? true : undefined}
            value={values[field] ?? ""}
            onChange={({ currentTarget }) =>
              setValues((before) => ({ ...before, [field]: currentTarget.value }))
            }
            description={
              suggestion && suggestion !== value ? say.suggestion(suggestion) : undefined
            }
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
        <p role="alert">{decide.error && shell.failed(decide.error.message)}</p>
        <div className="actions">
          <Button type="submit" disabled={!isReady} loading={decide.isPending}>
            {say.go}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          <span>{orderWords.safe}</span>
        </div>
      </form>
    </Drawer>
  );
}

/** What is suggested stands in the field already; the old value stands under it. */
function startOf(hold: Hold): Readonly<Record<string, string>> {
  return Object.fromEntries(
    hold.fields.map(({ field, value, suggestion }) => [field, suggestion ?? String(value ?? "")]),
  );
}

function changesIn(hold: Hold, values: Readonly<Record<string, string>>): FactChange[] {
  return hold.fields.flatMap(({ field, value }) => {
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
