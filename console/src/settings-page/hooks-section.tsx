import { Button, Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { OutgoingMessages } from "../events-page/outgoing-messages.tsx";
import { words } from "../language/words.ts";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";
import { Section } from "./section.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { StoreChoice } from "./store-choice.tsx";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";

const text = bounded(2000);
const time = z.nullable(z.iso.datetime());
const hookSchema = z.object({
  id: z.int(),
  url: text,
  events: z.array(text),
  stores: z.nullable(z.array(text)),
  failingSince: time,
  disabledAt: time,
  disabledBecause: z.nullable(text),
});
type Hook = Readonly<z.infer<typeof hookSchema>>;
const events = ["order.done", "order.attention", "shipment.created", "invoice.created"];

/** Other programs that are told, and what they were told. */
export default function HooksSection() {
  const { hooks: say } = words();
  const schema = z.object({ hooks: z.array(hookSchema) });
  return (
    <Section title={say.title} intro={say.intro} query={useLoad(["hooks"], "/api/hooks", schema)}>
      {({ hooks }) => (
        <>
          {hooks.length === 0 && <p className="panel empty">{say.none}</p>}
          {hooks.map((hook) => (
            <HookPanel key={hook.id} hook={hook} />
          ))}
          <AddHook />
        </>
      )}
    </Section>
  );
}

function stateOf({ failingSince, disabledAt, disabledBecause }: Hook, now: Date): string {
  const { hooks: say } = words();
  if (disabledAt) return say.disabled(disabledBecause ?? "");
  return failingSince ? say.failing(formatTime(new Date(failingSince), now)) : say.well;
}

function HookPanel({ hook }: { readonly hook: Hook }) {
  const { hooks: say, settings } = words();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(z.object({ secret: z.optional(text) }), "hooks");
  const path = `/api/hooks/${hook.id}`;
  return (
    <section className="panel" aria-label={hook.url}>
      <h3 className="breaks">{hook.url}</h3>
      <p>
        {stateOf(hook, now)} · {hook.events.join(", ")} ·{" "}
        {hook.stores?.join(", ") ?? settings.allStores}
      </p>
      <div className="actions">
        {hook.disabledAt && (
          <Button onClick={() => change.mutate({ path: `${path}/enable` })}>{say.enable}</Button>
        )}
        <Button
          variant="default"
          title={say.rotateWhy}
          onClick={() => change.mutate({ path: `${path}/rotate` })}
        >
          {say.rotate}
        </Button>
        <Button variant="default" onClick={() => change.mutate({ path, method: "DELETE" })}>
          {say.drop}
        </Button>
      </div>
      <p role="status">{change.error?.message}</p>
      {change.data?.secret && (
        <ShownOnce why={`${say.secret} ${say.rotateWhy}`} secret={change.data.secret} />
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{say.log}</summary>
        {isOpen && <OutgoingMessages hook={hook.id} />}
      </details>
    </section>
  );
}

function AddHook() {
  const { hooks: say } = words();
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(events);
  const [stores, setStores] = useState<readonly string[] | null>(null);
  const add = useChange(z.object({ secret: text }), "hooks");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ path: "/api/hooks", body: { url, events: chosen, stores } });
  };
  const toggle = (name: string) =>
    setChosen((before) =>
      before.includes(name) ? before.filter((one) => one !== name) : [...before, name],
    );
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="add-hook">
      <h3 id="add-hook">{say.add}</h3>
      <div className="fields">
        <TextInput
          type="url"
          required
          label={say.url}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <StoreChoice value={stores} onChange={setStores} />
      </div>
      <fieldset className="choices">
        <legend>{say.events}</legend>
        {events.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onChange={() => toggle(name)}
          />
        ))}
      </fieldset>
      <p className="actions">
        <Button type="submit" disabled={chosen.length === 0} loading={add.isPending}>
          {say.add}
        </Button>
      </p>
      {add.error && <p role="alert">{add.error.message}</p>}
      {add.data && <ShownOnce why={say.secret} secret={add.data.secret} />}
    </form>
  );
}
