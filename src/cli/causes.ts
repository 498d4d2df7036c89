// Everything that waits for one cause, tried again in the background.
import { randomUUID } from "node:crypto";
import { defineCommand } from "citty";
import { z } from "zod";
import { callCommand } from "./call-command.ts";
import { wishArgs } from "./decision-command.ts";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const progress = z.looseObject({
  id: z.string(),
  state: z.string(),
  cause: z.string(),
  total: z.number(),
  made: z.number(),
  refused: z.number(),
  left: z.number(),
  waiting: z.number(),
});
const plan = z.looseObject({ orders: z.number(), steps: z.number(), seconds: z.number() });

const line = ({ id, state, cause, total, made, refused, left }: z.infer<typeof progress>) =>
  `${id}  ${state}  ${cause}: ${made} of ${total} tried again, ${refused} could not be, ${left} left.`;

export const causesCommand = defineCommand({
  meta: { name: "causes", description: "Try again all that waits for one cause" },
  subCommands: {
    retry: defineCommand({
      meta: { name: "retry", description: "Begin it; --preview only says what it would do" },
      args: {
        ...jsonArg,
        ...wishArgs,
        cause: { type: "positional", required: true },
        provider: { type: "string", required: true },
        step: { type: "string", required: true },
        rate: { type: "string", default: "5", description: "So many a second" },
        preview: { type: "boolean" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const body = {
            cause: args.cause,
            provider: args.provider,
            operation: args.step,
            perSecond: Number(args.rate),
            reason: args.reason,
          };
          const key = args.key ?? randomUUID();
          if (args.preview) {
            const asked = { method: "POST", body } as const;
            const would = await askServer("/retries?preview=true", plan, asked);
            const text = `${would.orders} orders, in about ${would.seconds} seconds. Nothing was begun.`;
            return { isTrue: would.orders > 0, text, json: would };
          }
          const begun = await askServer("/retries", progress, { method: "POST", body, key });
          return { isTrue: true, text: line(begun), json: begun };
        }),
    }),
    name: callCommand({
      name: "name",
      description: "Name a failure that nobody foresaw; later ones that are alike go by it",
      args: {
        fingerprint: {
          type: "positional",
          required: true,
          description: "From `ordna inbox --json`",
        },
        provider: { type: "string", required: true },
        step: { type: "string", required: true },
        as: { type: "string", required: true, description: "What it is, in a few words" },
        reason: { type: "string" },
      },
      method: "POST",
      path: () => "/causes/name",
      body: ({ fingerprint, provider, step: operation, as: name, reason }) => {
        return { fingerprint, provider, operation, name, reason };
      },
    }),
    list: defineCommand({
      meta: { name: "list", description: "How far each is" },
      args: jsonArg,
      run: ({ args }) =>
        report(args.json, async () => {
          const found = await askServer("/retries", z.object({ retries: z.array(progress) }));
          const text = found.retries.map(line).join("\n") || "None was ever begun.";
          return { isTrue: true, text, json: found };
        }),
    }),
    cancel: defineCommand({
      meta: { name: "cancel", description: "Try none of the rest again" },
      args: { ...jsonArg, ...wishArgs, id: { type: "positional", required: true } },
      run: ({ args }) =>
        report(args.json, async () => {
          const path = `/retries/${encodeURIComponent(args.id)}/cancel`;
          const body = { reason: args.reason };
          const ended = await askServer(path, progress, { method: "POST", body, key: args.key });
          return { isTrue: ended.state === "cancelled", text: line(ended), json: ended };
        }),
    }),
  },
});
