import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { useDecide } from "../../api/decide.ts";
import { useColleagues } from "../../api/use-me.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import type { SheetProps } from "./sheet-props.ts";

export function NoteSheet({ order, onClose }: SheetProps) {
  const { deeds: say } = words();
  const [text, setText] = useState("");
  const colleagues = useColleagues(true);
  const decide = useDecide(order.reference);
  const key = useRef(crypto.randomUUID());
  const go = () =>
    decide.mutate(
      { path: "note", body: { text: text.trim() }, key: key.current },
      {
        onSuccess: () => {
          tell(say.did.note);
          onClose();
        },
      },
    );
  return (
    <DecisionSheet
      title={say.note}
      go={say.write}
      isReady={text.trim() !== ""}
      isPending={decide.isPending}
      error={decide.error}
      onGo={go}
      onClose={onClose}
    >
      <Textarea
        label={say.noteText}
        value={text}
        rows={5}
        maxLength={4000}
        data-autofocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {colleagues.length > 0 && (
        <p className="mentions">
          {say.mention}:{" "}
          {colleagues.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="quiet"
              onClick={() =>
                setText((before) => `${before.trimEnd()} @${handleOf(id)} `.trimStart())
              }
            >
              {name}
            </button>
          ))}
        </p>
      )}
    </DecisionSheet>
  );
}

/** What stands before the @ of an e-mail address; a name without its spaces. */
const handleOf = (id: string) => (id.split("@")[0] ?? id).replaceAll(/[^\p{L}\p{N}._-]/gu, "");
