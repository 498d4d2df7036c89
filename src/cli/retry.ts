import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

export const retryCommand = defineCommand({
  meta: { name: "retry", description: "Try again what waits for a person or an outage" },
  args: {
    ...jsonArg,
    reference: { type: "positional", required: true },
    step: { type: "string", description: "Only this step" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const path = `/orders/${encodeURIComponent(args.reference)}/retry`;
      const schema = z.object({ retried: z.array(z.string()) });
      const body = args.step ? { step: args.step } : {};
      const { retried } = await askServer(path, schema, { method: "POST", body });
      const text =
        retried.length > 0
          ? `Trying again: ${retried.join(", ")}.`
          : "Nothing waits to be tried again.";
      return { isTrue: retried.length > 0, text, json: { reference: args.reference, retried } };
    }),
});
