import { TextInput } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useDecideUnlessChanged } from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { stepName } from "../../words/step-words.ts";
import { useUndoable } from "../use-undoable.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import type { SheetProps } from "./sheet-props.ts";
import { lostWithout, StepList, whenStopped } from "./step-lists.tsx";

interface Asked {
  readonly path: string;
  readonly title: string;
  readonly body?: object;
  readonly told: string;
  readonly preview: ReactNode;
}

/** What takes a reason, after saying what it does. */
function ReasonSheet({ order, asked, onClose }: SheetProps & { readonly asked: Asked }) {
  const { deeds: say } = words();
  const { path, title, body = {}, told, preview } = asked;
  const [why, setWhy] = useState("");
  const decide = useDecideUnlessChanged(order.reference);
  const { undoHold } = useUndoable(order);
  const key = useRef(crypto.randomUUID());
  const go = () =>
    decide.mutate(
      { path, body: { ...body, reason: why.trim() }, key: key.current },
      {
        onSuccess: () => {
          tell(told, path === "hold" ? undoHold : undefined);
          onClose();
        },
      },
    );
  return (
    <DecisionSheet
      title={title}
      go={title}
      isReady={why.trim() !== ""}
      isPending={decide.isPending}
      error={decide.error}
      onGo={go}
      onClose={onClose}
    >
      <section className="will-happen">{preview}</section>
      <TextInput
        label={say.why}
        value={why}
        maxLength={300}
        data-autofocus
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
    </DecisionSheet>
  );
}

export function HoldSheet(props: SheetProps) {
  const { deeds: say } = words();
  const told = say.did.hold(numberOf(props));
  const asked = { path: "hold", title: say.hold, told, preview: <p>{say.holdNote}</p> };
  return <ReasonSheet {...props} asked={asked} />;
}

export function CancelSheet(props: SheetProps) {
  const { deeds: say } = words();
  const { notBegun, underWay, stays } = whenStopped(props.order.steps);
  const preview = (
    <>
      <p>{say.cancelNote}</p>
      <StepList title={say.willNotBegin} steps={notBegun} />
      <StepList title={say.isUnderWay} steps={underWay} />
      <StepList title={say.stays} steps={stays} />
    </>
  );
  const told = say.did.cancel(numberOf(props));
  return <ReasonSheet {...props} asked={{ path: "cancel", title: say.cancel, told, preview }} />;
}

export function SkipSheet({ step, ...props }: SheetProps & { readonly step: string }) {
  const { deeds: say } = words();
  const name = stepName(step);
  const lost = lostWithout(step, props.order.steps);
  const asked = {
    path: `steps/${step}/skip`,
    title: `${say.skip}: ${name}`,
    body: { andWhatNeedsIt: lost.length > 1 },
    told: say.did.skip(name),
    preview: <StepList title={say.willBeSkipped} steps={lost} />,
  };
  return <ReasonSheet {...props} asked={asked} />;
}

/** A credit note, the way back, a copy of the invoice, or a question to the customer. */
export function AskSheet({
  what,
  ...props
}: SheetProps & { readonly what: "credit" | "return" | "invoice-copy" | "ask-customer" }) {
  const { deeds: say } = words();
  const { invoiceNumber } = Object(props.order.outputs.invoice);
  const number = typeof invoiceNumber === "string" ? invoiceNumber : "";
  const asked = {
    credit: { title: say.credit, note: say.creditNote(number), told: say.did.credit },
    return: { title: say.return, note: say.returnNote, told: say.did.return },
    "invoice-copy": {
      title: say.invoiceCopy,
      note: say.invoiceCopyNote,
      told: say.did.invoiceCopy,
    },
    "ask-customer": {
      title: say.askCustomer,
      note: say.askCustomerNote,
      told: say.did.askCustomer,
    },
  }[what];
  const { title, note, told } = asked;
  return <ReasonSheet {...props} asked={{ path: what, title, told, preview: <p>{note}</p> }} />;
}

const numberOf = ({ order }: SheetProps) => order.shopOrder ?? order.reference;
