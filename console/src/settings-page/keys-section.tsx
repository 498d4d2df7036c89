import { Button, Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";
import { Section } from "./section.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { StoreChoice } from "./store-choice.tsx";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";

const text = bounded(2000);
const keySchema = z.object({
  id: z.int(),
  name: text,
  hint: text,
  scopes: z.array(text),
  stores: z.nullable(z.array(text)),
  madeBy: text,
  madeAt: z.iso.datetime(),
  lastUsedAt: z.nullable(z.iso.datetime()),
  isRevoked: z.boolean(),
});
const scopes = ["read", "personal", "decide", "money", "tech", "log", "manage"] as const;

/** Keys for programs: what each may, and when it was used last. */
export default function KeysSection() {
  const { keys: say, settings } = words();
  const now = useNow();
  const revoke = useChange(z.object({ ok: z.boolean() }), "keys");
  const schema = z.object({ keys: z.array(keySchema) });
  return (
    <Section title={say.title} intro={say.intro} query={useLoad(["keys"], "/api/keys", schema)}>
      {({ keys }) => (
        <>
          {keys.length === 0 ? (
            <p className="panel empty">{say.none}</p>
          ) : (
            <Sheet
              caption={say.title}
              columns={[
                { name: say.name },
                { name: say.scopes },
                { name: settings.stores },
                { name: say.used },
                { name: say.madeBy },
                { name: say.key },
              ]}
              rows={keys.map((key) => ({
                key: String(key.id),
                cells: [
                  `${key.name}, ${say.ends(key.hint)}`,
                  key.scopes.map(scopeName).join("; "),
                  key.stores?.join(", ") ?? settings.allStores,
                  key.lastUsedAt ? formatTime(new Date(key.lastUsedAt), now) : say.never,
                  key.madeBy,
                  key.isRevoked ? (
                    say.revoked
                  ) : (
                    <Button
                      key="revoke"
                      size="xs"
                      variant="default"
                      aria-label={`${say.revoke} ${key.name}`}
                      onClick={() =>
                        revoke.mutate({ path: `/api/keys/${key.id}`, method: "DELETE" })
                      }
                    >
                      {say.revoke}
                    </Button>
                  ),
                ],
              }))}
            />
          )}
          <p role="status">{revoke.error?.message}</p>
          <MakeKey />
        </>
      )}
    </Section>
  );
}

function scopeName(scope: string): string {
  const names: Readonly<Record<string, string>> = words().keys.scope;
  return names[scope] ?? scope;
}

function MakeKey() {
  const { keys: say } = words();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["read"]);
  const [stores, setStores] = useState<readonly string[] | null>(null);
  const make = useChange(z.object({ key: text }), "keys");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ path: "/api/keys", body: { name, scopes: chosen, stores } });
  };
  const toggle = (scope: string) =>
    setChosen((before) =>
      before.includes(scope) ? before.filter((one) => one !== scope) : [...before, scope],
    );
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="make-key">
      <h3 id="make-key">{say.make}</h3>
      <div className="fields">
        <TextInput
          required
          maxLength={100}
          label={say.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <StoreChoice value={stores} onChange={setStores} />
      </div>
      <fieldset className="choices">
        <legend>{say.scopes}</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            label={scopeName(scope)}
            checked={chosen.includes(scope)}
            onChange={() => toggle(scope)}
          />
        ))}
      </fieldset>
      <p className="actions">
        <Button type="submit" disabled={chosen.length === 0} loading={make.isPending}>
          {say.make}
        </Button>
      </p>
      {make.error && <p role="alert">{make.error.message}</p>}
      {make.data && <ShownOnce why={say.once} secret={make.data.key} />}
    </form>
  );
}
