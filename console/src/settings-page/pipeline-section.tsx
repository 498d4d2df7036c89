import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { formatSpan } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";
import { stepName } from "../words/step-words.ts";
import { Section } from "./section.tsx";

const text = bounded(200);
const pipelineSchema = z.object({
  store: text,
  trigger: text,
  steps: z.array(
    z.object({
      name: text,
      provider: text,
      needs: z.array(text),
      repeat: text,
      deadlineMs: z.number(),
    }),
  ),
});
type Pipeline = Readonly<z.infer<typeof pipelineSchema>>;

/** What waits for what, and what happens when an answer is lost. */
export default function PipelineSection() {
  const { settings: say } = words();
  const schema = z.object({ pipelines: z.array(pipelineSchema) });
  return (
    <Section
      title={say.pipeline}
      intro={`${say.pipelineWhy} ${say.retriesWhy} ${say.inConfig}`}
      query={useLoad(["pipelines"], "/api/pipelines", schema)}
    >
      {({ pipelines }) =>
        pipelines.map((one) => <Steps key={`${one.store} ${one.trigger}`} pipeline={one} />)
      }
    </Section>
  );
}

function Steps({ pipeline }: { readonly pipeline: Pipeline }) {
  const { settings: say } = words();
  const repeats: Readonly<Record<string, string>> = say.repeats;
  const triggers: Readonly<Record<string, string>> = say.triggers;
  const names = (steps: readonly string[]) =>
    steps.length === 0 ? say.nothing : steps.map(stepName).join(", ");
  const heldBy = (name: string) =>
    pipeline.steps.filter(({ needs }) => needs.includes(name)).map((step) => step.name);
  const title = `${pipeline.store}: ${triggers[pipeline.trigger] ?? pipeline.trigger}`;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Sheet
        caption={title}
        columns={[
          { name: say.step },
          { name: say.provider },
          { name: say.needs },
          { name: say.blocks },
          { name: say.repeat },
          { name: say.deadline, isAmount: true },
        ]}
        rows={pipeline.steps.map(({ name, provider, needs, repeat, deadlineMs }) => ({
          key: name,
          cells: [
            stepName(name),
            providerName(provider),
            names(needs),
            names(heldBy(name)),
            repeats[repeat] ?? repeat,
            formatSpan(deadlineMs),
          ],
        }))}
      />
    </section>
  );
}
