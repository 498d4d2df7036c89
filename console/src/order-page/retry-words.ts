import type { Step } from "../api/order-schema.ts";
import { isWaiting } from "../words/step-mark.ts";
import { stepName } from "../words/step-words.ts";

interface Retry {
  readonly data: { readonly retried: readonly string[] } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** How it went with what a person asked for, told by how the steps stand now. */
export function retryWords(retry: Retry, steps: readonly Step[]): string {
  if (retry.isPending) return "";
  if (retry.error) return `That did not work: ${retry.error.message}`;
  const name = retry.data?.retried[0];
  if (!retry.data) return "";
  const step = steps.find((s) => s.name === name);
  if (!step) return "There was nothing to try again: it has moved on by itself.";
  if (step.state === "done") return `${stepName(step.name)}: done. It worked.`;
  if (step.state === "attention") return `${stepName(step.name)}: tried, and it still needs you.`;
  if (isWaiting(step)) return `${stepName(step.name)}: tried, and it waits by itself now.`;
  return `${stepName(step.name)}: trying again now.`;
}
