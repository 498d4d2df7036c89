import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { words } from "../language/words.ts";
import { OrderLink } from "../shell/order-link.tsx";
import { formatSpan } from "../words/format-time.ts";

const text = bounded(200);
const lookEveryMs = 300;
const patienceMs = 120_000;

/** Whether Ordna answers at all: anything else than an answer is what is waited for here. */
const answers = () =>
  fetch("/api/status", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while (performance.now() < endsAt) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error(words().shell.noAnswer);
}

/** Somebody pays, everything dies in the middle, and the order is done once. */
export function KillOrdna({ canKill }: { readonly canKill: boolean }) {
  const { lab: say, shell } = words();
  const [phase, setPhase] = useState<"dying" | "dead" | undefined>();
  const kill = useMutation({
    mutationFn: async () => {
      setPhase("dying");
      const { reference } = await postJson(z.object({ reference: text }), "/api/sandbox/kill", {});
      await until(async () => !(await answers()));
      setPhase("dead");
      const diedAt = performance.now();
      await until(answers);
      return { reference, awayMs: performance.now() - diedAt };
    },
    onSettled: () => setPhase(undefined),
  });
  return (
    <section className="panel" aria-labelledby="kill">
      <h2 id="kill">{say.worker}</h2>
      <p className="soft">{canKill ? say.workerWhy : say.noKill}</p>
      {canKill && (
        <p className="actions">
          <Button loading={kill.isPending} onClick={() => kill.mutate()}>
            {say.kill}
          </Button>
        </p>
      )}
      <p role="status">
        {phase && say[phase]}
        {kill.error && shell.failed(kill.error.message)}
        {kill.data && say.back(formatSpan(kill.data.awayMs))}{" "}
        {kill.data && <OrderLink reference={kill.data.reference} shopOrder={say.toOrder} />}
      </p>
    </section>
  );
}
