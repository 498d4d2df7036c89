import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { moneySchema } from "../api/order-schema.ts";
import { useLoad } from "../api/use-load.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { formatMoney } from "../words/format-money.ts";
import { formatTime } from "../words/format-time.ts";
import { stepName } from "../words/step-words.ts";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";

const text = bounded(500);
const paymentSchema = z.object({
  store: text,
  event: text,
  paidAt: text,
  amount: z.nullable(moneySchema),
  state: z.enum(["known", "missing", "entered"]),
});
const answerSchema = z.object({ payments: z.array(paymentSchema) });
type Payment = Readonly<z.infer<typeof paymentSchema>>;

const dayMs = 24 * 3600_000;
/** A date field's value, in the reader's own days. */
function dateField(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** Asks Stripe for every payment of some days, and enters what is missing when a person says so. */
export function CompareWithStripe() {
  const { proof: say, shell } = words();
  const [from, setFrom] = useState(() => dateField(new Date(Date.now() - 2 * dayMs)));
  const [until, setUntil] = useState(() => dateField(new Date()));
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const forbidden = useForbidden("tech");
  const client = useQueryClient();
  const compare = useMutation({
    mutationFn: (enter: boolean) => {
      const end = new Date(new Date(`${until}T00:00:00`).getTime() + dayMs);
      return postJson(answerSchema, "/api/backfill", {
        from: new Date(`${from}T00:00:00`).toISOString(),
        until: end.toISOString(),
        by: "objects",
        enter,
        ...(enter && leftOut.length > 0
          ? { leaveOut: { steps: leftOut, before: end.toISOString() } }
          : {}),
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["orders"] }),
  });
  const payments = compare.data?.payments ?? [];
  const missing = payments.filter(({ state }) => state === "missing");
  const entered = payments.filter(({ state }) => state === "entered");
  return (
    <section className="panel compare" aria-labelledby="compare">
      <h2 id="compare">{say.compare}</h2>
      <p className="soft">{say.compareWhy}</p>
      <div className="fields">
        <TextInput
          type="date"
          label={say.from}
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say.until}
          value={until}
          onChange={(e) => setUntil(e.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={forbidden !== undefined}
          loading={compare.isPending}
          onClick={() => compare.mutate(false)}
        >
          {say.check}
        </Button>
      </div>
      <p role="status">
        {forbidden}
        {compare.error && shell.failed(compare.error.message)}
        {missing.length > 0 && say.found(payments.length - missing.length, missing.length)}
        {compare.data && missing.length === 0 && entered.length === 0 && say.nothingMissing}
        {entered.length > 0 && say.entered(entered.length)}
      </p>
      {(missing.length > 0 || entered.length > 0) && (
        <Payments payments={[...missing, ...entered]} />
      )}
      {missing.length > 0 && (
        <EnterMissing
          count={missing.length}
          isPending={compare.isPending}
          leftOut={leftOut}
          leaveOut={setLeftOut}
          onEnter={() => compare.mutate(true)}
        />
      )}
    </section>
  );
}

interface EnterMissingProps {
  readonly count: number;
  readonly isPending: boolean;
  readonly leftOut: readonly string[];
  readonly leaveOut: (steps: readonly string[]) => void;
  readonly onEnter: () => void;
}

/** What is missing comes in, with as much of the pipeline as somebody chooses. */
function EnterMissing({ count, isPending, leftOut, leaveOut, onEnter }: EnterMissingProps) {
  const { proof: say } = words();
  return (
    <>
      <fieldset className="choices">
        <legend>{say.sideEffects}</legend>
        <p className="soft">{say.sideEffectsWhy}</p>
        {useOptionalSteps().map((step) => (
          <Checkbox
            key={step}
            label={stepName(step)}
            checked={!leftOut.includes(step)}
            onChange={() => leaveOut(toggled(leftOut, step))}
          />
        ))}
      </fieldset>
      <p className="actions">
        <Button loading={isPending} onClick={onEnter}>
          {say.enter(count)}
        </Button>
      </p>
    </>
  );
}

const toggled = (all: readonly string[], one: string) =>
  all.includes(one) ? all.filter((name) => name !== one) : [...all, one];

const pipelinesSchema = z.object({
  pipelines: z.array(
    z.object({ trigger: text, steps: z.array(z.object({ name: text, needs: z.array(text) })) }),
  ),
});

/** What a late order may go without: nothing else needs it. The e-mail first: it is what a customer notices. */
function useOptionalSteps(): readonly string[] {
  const { data } = useLoad(["pipelines"], "/api/pipelines", pipelinesSchema);
  const steps = (data?.pipelines ?? [])
    .filter(({ trigger }) => trigger === "paid")
    .flatMap((pipeline) => pipeline.steps);
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  const optional = new Set(steps.map(({ name }) => name).filter((name) => !needed.has(name)));
  return [...optional].sort((a, b) => Number(b === "confirmation") - Number(a === "confirmation"));
}

function Payments({ payments }: { readonly payments: readonly Payment[] }) {
  const { proof: say, order } = words();
  const now = new Date();
  return (
    <Sheet
      caption={say.compare}
      columns={[
        { name: say.paymentAt },
        { name: order.amount, isAmount: true },
        { name: say.columns.holes },
      ]}
      rows={payments.map((payment) => ({
        key: payment.event,
        cells: [
          formatTime(new Date(payment.paidAt), now),
          payment.amount ? formatMoney(payment.amount) : "–",
          say.states[payment.state],
        ],
      }))}
    />
  );
}
