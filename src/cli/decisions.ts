import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const decision = z.looseObject({
  number: z.number(),
  at: z.string(),
  what: z.string(),
  actor: z.string(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
});
const list = z.looseObject({ decisions: z.array(decision) });
const verified = z.object({
  decisions: z.number(),
  erased: z.number(),
  head: z.string(),
  broken: z.object({ number: z.number(), why: z.string() }).nullable(),
});

export const decisionsCommand = defineCommand({
  meta: { name: "decisions", description: "What people decided, and whether the log holds" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "The newest decisions, of all orders or of one" },
      args: {
        ...jsonArg,
        order: { type: "string", description: "Only of this order" },
        limit: { type: "string", default: "50", description: "At most so many, up to 200" },
        what: { type: "string", description: "Only this: order.amend, personal.look" },
        actor: { type: "string", description: "Only by them, as the log names them" },
        since: { type: "string", description: "Decided then or later: 2026-11-01T00:00:00Z" },
        until: { type: "string", description: "Decided earlier" },
        before: { type: "string", description: "Only those with a smaller number" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const query = new URLSearchParams({ limit: args.limit });
          const { before, what, actor, since, until } = args;
          for (const [name, value] of Object.entries({ before, what, actor, since, until })) {
            if (value) query.set(name, value);
          }
          const path = args.order
            ? `/orders/${encodeURIComponent(args.order)}/decisions`
            : `/decisions?${query}`;
          const found = await askServer(path, list);
          const lines = found.decisions.map(
            ({ number, at, what, actor, reference, reason }) =>
              `${String(number).padStart(6)}  ${at}  ${actor}  ${what}  ${reference ?? ""}  ${reason ?? ""}`,
          );
          return { isTrue: true, text: lines.join("\n") || "Nothing was decided.", json: found };
        }),
    }),
    verify: defineCommand({
      meta: { name: "verify", description: "Whether the log is as it was written" },
      args: jsonArg,
      run: ({ args }) =>
        report(args.json, async () => {
          const found = await askServer("/decisions/verified", verified);
          const { broken, decisions, head } = found;
          const text = broken
            ? `Decision ${broken.number} is not as it was written: ${broken.why}`
            : `All ${decisions} decisions are as they were written. The last one's hash: ${head}`;
          return { isTrue: broken === null, text, json: found };
        }),
    }),
  },
});
