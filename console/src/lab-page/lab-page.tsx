import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { PayTestOrder } from "../orders-page/pay-test-order.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatNumber } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";
import { KillOrdna } from "./kill-ordna.tsx";

const text = bounded(200);
const labSchema = z.object({
  providers: z.array(text),
  misbehaviours: z.array(text),
  canKill: z.boolean(),
  records: z.array(z.object({ provider: text, kind: text, count: z.int() })),
});
type LabFacts = Readonly<z.infer<typeof labSchema>>;

/** Breaks the simulated world. */
export function LabPage() {
  const { lab: say } = words();
  return (
    <OfficePage
      title={say.title}
      intro={say.intro}
      query={useLoad(["orders", "lab"], "/api/sandbox/lab", labSchema)}
    >
      {(facts) => (
        <>
          <section className="panel" aria-labelledby="new-order">
            <h2 id="new-order">{say.order}</h2>
            <PayTestOrder />
          </section>
          <KillOrdna canKill={facts.canKill} />
          <Faults facts={facts} />
          <section aria-labelledby="records">
            <h2 id="records">{say.records}</h2>
            <Sheet
              caption={say.records}
              columns={[
                { name: say.provider },
                { name: say.records },
                { name: say.howMany, isAmount: true },
              ]}
              rows={facts.records.map(({ provider, kind, count }) => ({
                key: `${provider} ${kind}`,
                cells: [providerName(provider), kind, formatNumber(count)],
              }))}
            />
          </section>
        </>
      )}
    </OfficePage>
  );
}

const doneSchema = z.object({ broken: z.nullable(text) });

function Faults({ facts }: { readonly facts: LabFacts }) {
  const { lab: say, shell } = words();
  const names: Readonly<Record<string, string>> = say.misbehaviours;
  const [provider, setProvider] = useState(facts.providers[0] ?? "");
  const [how, setHow] = useState("unavailable");
  const [times, setTimes] = useState("3");
  const change = useMutation({
    mutationFn: (body: object) => postJson(doneSchema, "/api/sandbox/faults", body),
  });
  const breakIt = () =>
    change.mutate({ provider, how, ...(times === "always" ? {} : { times: Number(times) }) });
  return (
    <section className="panel" aria-labelledby="faults">
      <h2 id="faults">{say.faults}</h2>
      <div className="fields">
        <NativeSelect
          label={say.provider}
          value={provider}
          onChange={(event) => setProvider(event.currentTarget.value)}
          data={facts.providers.map((value) => ({ value, label: providerName(value) }))}
        />
        <NativeSelect
          label={say.fault}
          value={how}
          onChange={(event) => setHow(event.currentTarget.value)}
          data={facts.misbehaviours.map((value) => ({ value, label: names[value] ?? value }))}
        />
        <NativeSelect
          label={say.times}
          value={times}
          onChange={(event) => setTimes(event.currentTarget.value)}
          data={[
            ...["1", "3", "10"].map((value) => ({ value, label: value })),
            { value: "always", label: say.always },
          ]}
        />
      </div>
      <div className="actions">
        <Button onClick={breakIt} loading={change.isPending}>
          {say.break_}
        </Button>
        <Button variant="default" onClick={() => change.mutate({})}>
          {say.heal}
        </Button>
      </div>
      <p role="status">
        {change.error && shell.failed(change.error.message)}
        {change.data &&
          (change.data.broken ? say.broken(providerName(change.data.broken)) : say.healed)}
      </p>
    </section>
  );
}
