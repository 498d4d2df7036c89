import { Button, Drawer } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useForbidden } from "../../api/use-me.ts";
import { words } from "../../language/words.ts";
import { Refusal } from "./refusal.tsx";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Drawer.layer.css";

interface DecisionSheetProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The button, by its effect. */
  readonly go: string;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly yours?: Readonly<Record<string, string>>;
  /** Beside the button. */
  readonly also?: ReactNode;
  readonly needs?: "decide" | "tech";
  readonly onGo: () => void;
  readonly onClose: () => void;
}

/** A drawer at a desk, the whole screen on a phone: what is asked, what will happen, and the button. */
export function DecisionSheet(props: DecisionSheetProps) {
  const { title, children, go, isReady, isPending, error, yours, also, onGo, onClose } = props;
  const { shell } = words();
  const forbidden = useForbidden(props.needs);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !forbidden) onGo();
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      lockScroll={false}
      title={title}
      closeButtonProps={{ "aria-label": shell.close }}
      className="fix-sheet"
    >
      <form onSubmit={submit}>
        {children}
        <Refusal error={error} yours={yours} />
        <div className="actions">
          <Button type="submit" disabled={!isReady || !!forbidden} loading={isPending}>
            {go}
          </Button>
          {also}
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          {forbidden && <span>{forbidden}</span>}
        </div>
      </form>
    </Drawer>
  );
}
