import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

export const sendCommand = defineCommand({
  meta: { name: "send", description: "Deliver one signed Stripe scenario to a running sandbox" },
  args: {
    ...jsonArg,
    scenario: {
      type: "positional",
      required: true,
      description: "A name; without a known one, the names are listed",
    },
    new: {
      type: "boolean",
      description: "A new payment with ids of its own, not the same one again",
    },
    real: {
      type: "boolean",
      description: "Although some providers are real and get records of it",
    },
    store: { type: "string", description: "Which store; the first one by default" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const schema = z.object({
        scenario: z.string(),
        events: z.array(z.string()),
        delivered: z.boolean(),
      });
      const sent = await askServer("/sandbox/payments", schema, {
        method: "POST",
        body: {
          scenario: args.scenario,
          store: args.store,
          fresh: args.new ?? false,
          real: args.real ?? false,
        },
      });
      const text = sent.delivered
        ? `Delivered ${sent.events.join(", ")}.`
        : "Not accepted yet; the simulated Stripe tries again by itself.";
      return { isTrue: sent.delivered, text, json: sent };
    }),
});
