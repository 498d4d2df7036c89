import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { z } from "../api/jitless-zod.ts";
import type { Account } from "../api/use-accounts.ts";
import { useChange } from "../api/use-change.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { providerName } from "../words/provider-name.ts";

/** A person's word that nobody calls this account, and that it is called again. */
export function PauseAccount({ account }: { readonly account: Account }) {
  const { providers: say } = words();
  const forbidden = useForbidden();
  const [reason, setReason] = useState("");
  const change = useChange(z.object({ decision: z.int() }), "orders");
  const post = (what: "pause" | "resume", body: object) =>
    change.mutate({ path: `/api/accounts/${what}`, body });
  const status = <span role="status">{change.error?.message ?? forbidden}</span>;
  const name = providerName(account.provider);
  if (account.paused) {
    return (
      <p className="actions">
        <Button
          disabled={forbidden !== undefined}
          loading={change.isPending}
          aria-label={`${say.resume}: ${name}`}
          onClick={() => post("resume", { account: account.account })}
        >
          {say.resume}
        </Button>
        {status}
      </p>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    post("pause", { account: account.account, reason });
  };
  return (
    <details>
      <summary>
        {say.pause}
        <span className="visually-hidden"> {name}</span>
      </summary>
      <form onSubmit={submit}>
        <p className="soft">{say.pauseWhy}</p>
        <div className="fields">
          <TextInput
            required
            maxLength={1000}
            label={say.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            disabled={forbidden !== undefined}
            loading={change.isPending}
          >
            {say.pause}
          </Button>
        </div>
        {status}
      </form>
    </details>
  );
}
