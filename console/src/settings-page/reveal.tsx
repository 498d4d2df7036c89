import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";

/** For a role that does not show personal data and may ask for it; the server writes down the reason and each look. */
export function Reveal() {
  const { account: say } = words();
  const me = useMe();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const reveal = useChange(z.object({ minutes: z.int() }), "me");
  if (!me || me.permissions.includes("personal") || !me.permissions.includes("tech")) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = { path: "/api/session/reveal", body: { reason } };
    reveal.mutate(change, { onSuccess: () => client.invalidateQueries() });
  };
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="reveal">
      <h3 id="reveal">{say.reveal}</h3>
      <p className="soft">{me.isRevealing ? say.isRevealing : say.revealWhy}</p>
      {!me.isRevealing && (
        <div className="fields">
          <TextInput
            required
            minLength={10}
            label={say.revealReason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={reveal.isPending}>
            {say.show}
          </Button>
        </div>
      )}
      {reveal.error && <p role="alert">{reveal.error.message}</p>}
    </form>
  );
}
