import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { words } from "../language/words.ts";
import { ShownOnce } from "./shown-once.tsx";

const text = bounded(2000);
const path = "/api/account/second-factor";

/** A code at each log-in: set up by an app, confirmed once, and with recovery codes. */
export function SecondFactor({ isOn }: { readonly isOn: boolean }) {
  const { account: say } = words();
  const begin = useChange(z.object({ secret: text, uri: text }), "account");
  const confirm = useChange(z.object({ recoveryCodes: z.array(text) }), "account");
  const drop = useChange(z.object({ ok: z.boolean() }), "account");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isOn) drop.mutate({ path, method: "DELETE", body: { password } });
    else confirm.mutate({ path: `${path}/confirm`, body: { code } });
  };
  const error = begin.error ?? confirm.error ?? drop.error;
  const isBegun = begin.data !== undefined && !isOn;
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="second-factor">
      <h3 id="second-factor">{say.secondFactor}</h3>
      <p className="soft">
        {say.secondFactorWhy} {isOn ? say.isOn : say.isOff}
      </p>
      {!isOn && !isBegun && (
        <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate({ path })}>
          {say.begin}
        </Button>
      )}
      {isBegun && (
        <>
          <ShownOnce why={say.secret} secret={begin.data.secret} />
          <p>
            <a href={begin.data.uri}>{say.openApp}</a>
          </p>
        </>
      )}
      <div className="fields">
        {isBegun && (
          <TextInput
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            label={say.code}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {isOn && (
          <TextInput
            required
            type="password"
            autoComplete="current-password"
            label={say.present}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {(isBegun || isOn) && (
          <Button type="submit" variant={isOn ? "default" : "filled"}>
            {isOn ? say.drop : say.confirm}
          </Button>
        )}
      </div>
      {error && <p role="alert">{error.message}</p>}
      {confirm.data && isOn && (
        <ShownOnce why={say.recovery} secret={confirm.data.recoveryCodes.join("\n")} />
      )}
    </form>
  );
}
