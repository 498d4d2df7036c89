import type { Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { isWaiting } from "../words/step-mark.ts";
import { stepName } from "../words/step-words.ts";

interface Retry {
  readonly asked: string | undefined;
  readonly data: unknown;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** How it went with what a person asked for, told by how the steps stand now. */
export function retryWords(retry: Retry, steps: readonly Step[]): string {
  const { retried } = words().order;
  if (retry.isPending) return "";
  if (retry.error) return words().shell.failed(retry.error.message);
  if (!retry.data) return "";
  const step = steps.find((s) => s.name === retry.asked);
  if (!step) return retried.nothing;
  if (step.state === "done") return retried.done(stepName(step.name));
  if (step.state === "attention") return retried.attention(stepName(step.name));
  if (isWaiting(step)) return retried.waiting(stepName(step.name));
  return retried.under(stepName(step.name));
}
