// What a person may decide on an order, as commands: `ordna orders hold <reference> --reason "..."`.
import { decisionCommand, type Given, textOf } from "./decision-command.ts";

const stepArg = { step: { type: "string", required: true, description: "The step" } } as const;
const toArg = { to: { type: "string", description: "To this address instead" } } as const;
const outputArg = {
  output: {
    type: "string",
    description:
      'As the provider shows it: "invoiceId=165,invoiceNumber=1042", or one number alone',
  },
} as const;
const stepPath = (what: string) => (args: Given) =>
  `steps/${encodeURIComponent(String(args.step))}/${what}`;

/** "a=1,b=2" as fields; one value alone is the id. */
export function fieldsIn(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  if (!text.includes("=")) return { id: text };
  const pairs = text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}

export const orderDecisions = {
  retry: decisionCommand({
    name: "retry",
    description: "Try one step again; what may have happened is looked for first",
    args: stepArg,
    path: stepPath("retry"),
  }),
  settle: decisionCommand({
    name: "settle",
    description: "Settle a doubt: --there with --output, or --no-there",
    args: {
      ...stepArg,
      ...outputArg,
      there: { type: "boolean", required: true, description: "It is at the provider" },
    },
    path: stepPath("settle"),
    body: ({ there, output }) => ({
      isThere: there === true,
      output: fieldsIn(textOf(output)),
    }),
  }),
  "by-hand": decisionCommand({
    name: "by-hand",
    description: "It was done by hand, and has this number at the provider",
    args: { ...stepArg, ...outputArg },
    path: stepPath("by-hand"),
    body: ({ output }) => ({ output: fieldsIn(textOf(output)) }),
  }),
  skip: decisionCommand({
    name: "skip",
    description: "Go without a step",
    args: {
      ...stepArg,
      dependents: { type: "boolean", description: "And without what needs it" },
    },
    path: stepPath("skip"),
    body: ({ dependents }) => ({ andWhatNeedsIt: dependents === true }),
  }),
  hold: decisionCommand({
    name: "hold",
    description: "Begin nothing more of an order until it is released",
    path: () => "hold",
  }),
  release: decisionCommand({
    name: "release",
    description: "Let a held order go on",
    path: () => "release",
  }),
  cancel: decisionCommand({
    name: "cancel",
    description: "Begin nothing more of an order, for good; nothing is undone",
    path: () => "cancel",
  }),
  "choose-service": decisionCommand({
    name: "choose-service",
    description: "Choose another service of the carrier",
    args: { service: { type: "string", description: "As the carrier names it, e.g. 19" } },
    path: () => "choose-service",
    body: ({ service }) => ({ service: textOf(service) }),
  }),
  ask: decisionCommand({
    name: "ask",
    description: "Ask the customer for the address by e-mail, with a link that works once",
    args: {
      fields: { type: "string", description: "Only these: line1,line2,postalCode,city,phone" },
    },
    path: () => "ask-customer",
    body: ({ fields }) => ({ fields: textOf(fields)?.split(",") }),
  }),
  "resend-email": decisionCommand({
    name: "resend-email",
    description: "Send an e-mail once more",
    args: { ...toArg, step: { type: "string", description: "Which e-mail, if there are several" } },
    path: () => "resend-email",
    body: ({ to, step }) => ({ to: textOf(to), step: textOf(step) }),
  }),
  "invoice-copy": decisionCommand({
    name: "invoice-copy",
    description: "Send the invoice once more, alone",
    args: toArg,
    path: () => "invoice-copy",
    body: ({ to }) => ({ to: textOf(to) }),
  }),
  credit: decisionCommand({
    name: "credit",
    description: "Credit the whole invoice, once",
    path: () => "credit",
  }),
  return: decisionCommand({
    name: "return",
    description: "Book the way back of the parcel, once",
    path: () => "return",
  }),
  assign: decisionCommand({
    name: "assign",
    description: "Say who looks after an order; without --to nobody does",
    args: { to: { type: "string", description: "Whom" } },
    path: () => "assign",
    body: ({ to }) => ({ to: textOf(to) }),
  }),
  snooze: decisionCommand({
    name: "snooze",
    description: "Keep an order out of the inbox until then; without --until it is there at once",
    args: { until: { type: "string", description: "2026-12-01T06:00:00Z" } },
    path: () => "snooze",
    body: ({ until }) => ({ until: textOf(until) }),
  }),
  note: decisionCommand({
    name: "note",
    description: "Write a note on an order; @name mentions somebody",
    args: { text: { type: "string", required: true, description: "The note" } },
    path: () => "note",
    body: ({ text }) => ({ text: textOf(text) }),
  }),
};
