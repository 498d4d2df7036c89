import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { post } from "../../api/decide.ts";
import { z } from "../../api/jitless-zod.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { providerName } from "../../words/provider-name.ts";
import { DecisionSheet } from "./decision-sheet.tsx";

export interface UnknownCause {
  readonly provider: string;
  readonly operation: string;
  readonly fingerprint: string;
}

interface NameSheetProps {
  readonly cause: UnknownCause;
  readonly message: string | null;
  readonly onClose: () => void;
}

/** A failure that no connector foresaw gets its name. */
export function NameSheet({ cause, message, onClose }: NameSheetProps) {
  const { deeds: say } = words();
  const [name, setName] = useState("");
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const naming = useMutation({
    mutationFn: (wanted: string) =>
      post(
        z.object({ decision: z.int() }),
        "/api/causes/name",
        { ...cause, name: wanted },
        key.current,
      ),
    onSettled: () => client.invalidateQueries(),
  });
  const go = () =>
    naming.mutate(name.trim(), {
      onSuccess: () => {
        tell(say.did.name(name.trim()));
        onClose();
      },
    });
  return (
    <DecisionSheet
      title={`${say.name}: ${providerName(cause.provider)}`}
      go={say.name}
      isReady={name.trim() !== ""}
      isPending={naming.isPending}
      error={naming.error}
      needs="tech"
      onGo={go}
      onClose={onClose}
    >
      {message && <p className="will-happen">{message}</p>}
      <TextInput
        label={say.causeIs}
        description={say.causeHint}
        value={name}
        maxLength={120}
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </DecisionSheet>
  );
}
