// Decisions from a terminal: each asks the running server, and ends with 0 only when it was decided.
import { type ArgsDef, defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

export const decidedAnswer = z.looseObject({
  decision: z.number(),
  isRepeat: z.boolean(),
  after: z.record(z.string(), z.unknown()),
});

export const orderArg = {
  reference: { type: "positional", required: true, description: "The order" },
} as const;
export const wishArgs = {
  reason: { type: "string", description: "Why; it is kept in the log" },
  key: { type: "string", description: "Decide once, however often this is run with the same key" },
} as const;

interface Told {
  readonly name: string;
  readonly description: string;
  readonly args?: ArgsDef;
  /** Below /orders/<reference>/. */
  readonly path: (args: Given) => string;
  readonly body?: (args: Given) => Readonly<Record<string, unknown>>;
}

export type Given = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown) =>
  typeof value === "string" && value !== "" ? value : undefined;

export function decisionCommand({ name, description, args = {}, path, body }: Told) {
  return defineCommand({
    meta: { name, description },
    args: { ...jsonArg, ...orderArg, ...args, ...wishArgs },
    run: ({ args: given }) =>
      report(given.json === true, async () => {
        const reference = encodeURIComponent(String(given.reference));
        const answer = await askServer(`/orders/${reference}/${path(given)}`, decidedAnswer, {
          method: "POST",
          body: { reason: textOf(given.reason), ...body?.(given) },
          key: textOf(given.key),
        });
        return { isTrue: true, text: sentenceOf(name, answer), json: answer };
      }),
  });
}

export function sentenceOf(name: string, answer: z.infer<typeof decidedAnswer>): string {
  const facts = Object.entries(answer.after).map(([key, value]) => `  ${key}: ${inWords(value)}`);
  const first = answer.isRepeat
    ? `${name}: decided before under this key (number ${answer.decision}); nothing was done now.`
    : `${name}: decided, number ${answer.decision} in the log.`;
  return [first, ...facts].join("\n");
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "none";
  return value === null || value === undefined ? "none" : String(value);
}
