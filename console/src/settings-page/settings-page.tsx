import { TextInput } from "@mantine/core";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { useStatus } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { OfficePage } from "../shell/office-page.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { providerName } from "../words/provider-name.ts";
import { stepName } from "../words/step-words.ts";
import { keepMinutesOfWork, minutesOfWork } from "./minutes-of-work.ts";

const text = bounded(200);
const pipelineSchema = z.object({
  store: text,
  trigger: text,
  steps: z.array(z.object({ name: text, provider: text, needs: z.array(text) })),
});
type Pipeline = Readonly<z.infer<typeof pipelineSchema>>;

/** How this Ordna is set up; what a reader may choose for themselves is in the same place. */
export function SettingsPage() {
  const { settings: say } = words();
  const schema = z.object({ pipelines: z.array(pipelineSchema) });
  return (
    <OfficePage
      title={say.title}
      intro={say.intro}
      query={useLoad(["pipelines"], "/api/pipelines", schema)}
    >
      {({ pipelines }) => (
        <>
          <Installation />
          {pipelines.map((pipeline) => (
            <PipelinePanel key={`${pipeline.store} ${pipeline.trigger}`} pipeline={pipeline} />
          ))}
          <section className="panel" aria-labelledby="yours">
            <h2 id="yours">{say.yours}</h2>
            <NumberInput
              label={say.minutes}
              min={1}
              max={999}
              defaultValue={minutesOfWork()}
              onChange={(value) => typeof value === "number" && keepMinutesOfWork(value)}
              hideControls
            />
          </section>
        </>
      )}
    </OfficePage>
  );
}

function Installation() {
  const { settings: say, providers } = words();
  const status = useStatus().data;
  if (!status) return null;
  const roles: Readonly<Record<string, string>> = say.roles;
  const facts = [
    [say.version, status.version],
    [say.database, status.database],
    [say.queue, status.queue],
  ] as const;
  return (
    <section className="panel" aria-labelledby="stores">
      <h2 id="stores">{say.stores}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Sheet
        caption={say.stores}
        columns={[{ name: say.stores }, { name: say.role }, { name: say.provider }]}
        rows={status.providers.map(({ store, role, provider, isSimulated }) => ({
          key: `${store} ${role}`,
          cells: [
            store,
            roles[role] ?? role,
            `${providerName(provider)}${isSimulated ? ` (${providers.simulated})` : ""}`,
          ],
        }))}
      />
    </section>
  );
}

function PipelinePanel({ pipeline }: { readonly pipeline: Pipeline }) {
  const { settings: say } = words();
  const names = (steps: readonly string[]) =>
    steps.length === 0 ? say.nothing : steps.map(stepName).join(", ");
  const heldBy = (name: string) =>
    pipeline.steps.filter(({ needs }) => needs.includes(name)).map((step) => step.name);
  const title = `${say.pipeline}: ${pipeline.store}, ${pipeline.trigger}`;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p className="soft">{say.pipelineWhy}</p>
      <Sheet
        caption={title}
        columns={[
          { name: say.step },
          { name: say.provider },
          { name: say.needs },
          { name: say.blocks },
        ]}
        rows={pipeline.steps.map(({ name, provider, needs }) => ({
          key: name,
          cells: [stepName(name), providerName(provider), names(needs), names(heldBy(name))],
        }))}
      />
    </section>
  );
}
