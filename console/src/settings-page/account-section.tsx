import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { useLogOut } from "../shell/use-log-out.ts";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";
import { Reveal } from "./reveal.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Section } from "./section.tsx";

const text = bounded(400);
const accountSchema = z.object({
  name: text,
  email: z.nullable(text),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  sessions: z.array(
    z.object({
      id: text,
      begunAt: z.iso.datetime(),
      usedAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      isThis: z.boolean(),
    }),
  ),
});
type Account = Readonly<z.infer<typeof accountSchema>>;

/** How the reader comes in, and where they are logged in. */
export default function AccountSection() {
  const { account: say } = words();
  const me = useMe();
  const isPerson = me?.isPerson === true;
  const query = useLoad(["account"], "/api/account", accountSchema, { isWanted: isPerson });
  if (me && !isPerson) {
    return (
      <section className="panel" aria-label={say.title}>
        <h2>{say.title}</h2>
        <p>{say.notPerson}</p>
      </section>
    );
  }
  return (
    <Section title={say.title} query={query}>
      {(account) => (
        <>
          <Password account={account} />
          <SecondFactor isOn={account.hasSecondFactor} />
          <Reveal />
          <Sessions account={account} />
        </>
      )}
    </Section>
  );
}

function Password({ account }: { readonly account: Account }) {
  const { account: say } = words();
  const [email, setEmail] = useState(account.email ?? "");
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const keep = useChange(z.object({ ok: z.boolean() }), "account");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({
      path: "/api/account/password",
      body: {
        password,
        ...(account.hasPassword ? { present } : {}),
        ...(account.email ? {} : { email }),
      },
    });
  };
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="password">
      <h3 id="password">{account.hasPassword ? say.changePassword : say.choose}</h3>
      {!account.hasPassword && <p className="soft">{say.chooseWhy}</p>}
      <div className="fields">
        <TextInput
          type="email"
          autoComplete="username"
          required
          readOnly={account.email !== null}
          label={say.email}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {account.hasPassword && (
          <TextInput
            type="password"
            autoComplete="current-password"
            required
            label={say.present}
            value={present}
            onChange={(event) => setPresent(event.currentTarget.value)}
          />
        )}
        <TextInput
          type="password"
          autoComplete="new-password"
          required
          minLength={15}
          label={say.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={keep.isPending}>
          {say.keep}
        </Button>
      </div>
      <p role="status">
        {keep.error?.message}
        {keep.data && say.kept}
      </p>
    </form>
  );
}

function Sessions({ account }: { readonly account: Account }) {
  const { account: say } = words();
  const now = useNow();
  const end = useChange(z.object({ ok: z.boolean() }), "account");
  const logOut = useLogOut();
  const path = "/api/account/sessions";
  return (
    <section aria-labelledby="sessions">
      <h3 id="sessions">{say.sessions}</h3>
      <Sheet
        caption={say.sessions}
        columns={[{ name: say.used }, { name: say.began }, { name: say.ends }, { name: say.end }]}
        rows={account.sessions.map((session) => ({
          key: session.id,
          cells: [
            formatTime(new Date(session.usedAt), now),
            formatTime(new Date(session.begunAt), now),
            formatTime(new Date(session.endsAt), now),
            session.isThis ? (
              say.this
            ) : (
              <Button
                key="end"
                size="xs"
                variant="default"
                onClick={() => end.mutate({ path: `${path}/${session.id}`, method: "DELETE" })}
              >
                {say.end}
              </Button>
            ),
          ],
        }))}
      />
      <div className="actions">
        <Button variant="default" onClick={() => end.mutate({ path, method: "DELETE" })}>
          {say.endOthers}
        </Button>
        <Button variant="default" onClick={logOut}>
          {say.logOut}
        </Button>
      </div>
      <p role="status">{end.error?.message}</p>
    </section>
  );
}
