// The sheet of a decision. It is loaded when somebody wants to decide.
import { type Hold, useDecisions } from "../../api/decide.ts";
import { factsSchema } from "../../api/facts-schema.ts";
import type { OrderDetail } from "../../api/order-schema.ts";
import { firstName } from "../../words/step-words.ts";
import type { Deed } from "../deed.ts";
import { factsToCorrect } from "../facts-to-correct.ts";
import { AssignSheet } from "./assign-sheet.tsx";
import { ByHandSheet } from "./by-hand-sheet.tsx";
import { CorrectSheet } from "./correct-sheet.tsx";
import { NameSheet } from "./name-sheet.tsx";
import { NoteSheet } from "./note-sheet.tsx";
import { AskSheet, CancelSheet, HoldSheet, SkipSheet } from "./reason-sheet.tsx";
import { ResendSheet } from "./resend-sheet.tsx";
import { outputNames, SettleSheet } from "./settle-sheet.tsx";
import { SnoozeSheet } from "./snooze-sheet.tsx";

interface DeedSheetProps {
  readonly order: OrderDetail;
  readonly deed: Deed;
  readonly onClose: () => void;
}

export default function DeedSheet({ order, deed, onClose }: DeedSheetProps) {
  const standing = useDecisions(order.reference).data;
  const sheet = { order, onClose };
  if (!standing) return null;
  const { holds, offers } = standing;
  switch (deed.kind) {
    case "mend": {
      const hold = holds.find(({ step }) => step === deed.step);
      return hold ? <CorrectSheet {...sheet} fields={hold.fields} /> : null;
    }
    case "correct": {
      const facts = factsSchema.safeParse(order.facts).data;
      return <CorrectSheet {...sheet} fields={factsToCorrect(deed.what, facts)} />;
    }
    case "settle":
      return <SettleSheet {...sheet} step={deed.step} names={outputNames(offers, deed.step)} />;
    case "by-hand":
      return <ByHandSheet {...sheet} step={deed.step} names={outputNames(offers, deed.step)} />;
    case "skip":
      return <SkipSheet {...sheet} step={deed.step} />;
    case "name":
      return <Naming {...sheet} hold={holds.find(({ step }) => step === deed.step)} />;
    case "hold":
      return <HoldSheet {...sheet} />;
    case "cancel":
      return <CancelSheet {...sheet} />;
    case "credit":
    case "return":
    case "invoice-copy":
    case "ask-customer":
      return <AskSheet {...sheet} what={deed.kind} />;
    case "resend":
      return <ResendSheet {...sheet} />;
    case "assign":
      return <AssignSheet {...sheet} />;
    case "note":
      return <NoteSheet {...sheet} />;
    case "snooze":
      return <SnoozeSheet {...sheet} />;
  }
}

function Naming(props: {
  readonly order: OrderDetail;
  readonly hold: Hold | undefined;
  readonly onClose: () => void;
}) {
  const { order, hold, onClose } = props;
  if (!hold?.fingerprint) return null;
  const message = order.steps.find(({ name }) => name === hold.step)?.message ?? null;
  const operation = firstName(hold.step);
  const cause = { provider: hold.provider, operation, fingerprint: hold.fingerprint };
  return <NameSheet cause={cause} message={message} onClose={onClose} />;
}
