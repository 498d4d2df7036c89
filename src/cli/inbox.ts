import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const inbox = z.looseObject({
  needsYou: z.number(),
  snoozed: z.number(),
  groups: z.array(
    z.looseObject({
      state: z.string(),
      provider: z.string(),
      operation: z.string().nullable(),
      cause: z.string(),
      sentence: z.string(),
      who: z.string(),
      count: z.number(),
      button: z.string(),
      orders: z.array(
        z.looseObject({ reference: z.string(), step: z.string(), message: z.string().nullable() }),
      ),
    }),
  ),
});

export const inboxCommand = defineCommand({
  meta: { name: "inbox", description: "What waits, grouped by its cause" },
  args: { ...jsonArg, who: { type: "string", description: "manager, finance or developer" } },
  run: ({ args }) =>
    report(args.json, async () => {
      const query = args.who ? `?who=${encodeURIComponent(args.who)}` : "";
      const found = await askServer(`/inbox${query}`, inbox);
      const lines = found.groups.flatMap((group) => [
        `${group.sentence}  ${[group.provider, group.operation].filter(Boolean).join(", ")}  (${group.cause})  ${group.count} for ${group.who}: ${group.button}`,
        ...group.orders.map((one) => `  ${one.reference}  ${one.message ?? ""}`),
      ]);
      const text = lines.length > 0 ? lines.join("\n") : "Nothing needs you.";
      return { isTrue: true, text, json: found };
    }),
});
