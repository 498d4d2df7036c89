import { writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { z } from "zod";
import { decimalString, exponentOf } from "../order/money.ts";
import { amendCommand } from "./amend.ts";
import { callCommand, segment } from "./call-command.ts";
import { orderDecisions } from "./order-decisions.ts";
import { jsonArg, report } from "./report.ts";
import { askServer, askServerForFile } from "./server.ts";

const step = z.looseObject({
  name: z.string(),
  provider: z.string(),
  state: z.string(),
  message: z.string().nullable(),
});
const glance = z.looseObject({
  reference: z.string(),
  shopOrder: z.string().nullable(),
  state: z.string(),
  total: z.object({ minor: z.string(), currency: z.string() }),
  country: z.string().nullable(),
  createdAt: z.string(),
  steps: z.array(step),
});
const list = z.object({
  orders: z.array(glance),
  next: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
});
const happening = z.looseObject({
  at: z.string(),
  step: z.string(),
  provider: z.string(),
  outcome: z.string().nullable(),
  message: z.string().nullable(),
  externalId: z.string().nullable(),
});
const detail = glance.extend({ happenings: z.array(happening) });

type Glance = z.infer<typeof glance>;

export const ordersCommand = defineCommand({
  meta: { name: "orders", description: "List orders, show one, or decide on one" },
  subCommands: {
    amend: amendCommand,
    ...orderDecisions,
    list: defineCommand({
      meta: { name: "list", description: "The newest orders" },
      args: {
        ...jsonArg,
        state: { type: "string", description: "open, attention, done or cancelled" },
        limit: { type: "string", default: "50", description: "At most so many, up to 200" },
        before: { type: "string", description: "The next page: what the last one gave as `next`" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const query = new URLSearchParams({ limit: args.limit });
          if (args.state) query.set("state", args.state);
          if (args.before) query.set("before", args.before);
          const found = await askServer(`/orders?${query}`, list);
          return { isTrue: true, text: found.orders.map(line).join("\n"), json: found };
        }),
    }),
    file: defineCommand({
      meta: { name: "file", description: "A document of an order: its label, its invoice" },
      args: {
        ...jsonArg,
        reference: { type: "positional", required: true },
        step: { type: "string", default: "label", description: "The step that made it" },
        to: { type: "string", required: true, description: "The file to write" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const path = `/orders/${encodeURIComponent(args.reference)}/files/${encodeURIComponent(args.step)}`;
          const bytes = await askServerForFile(path);
          if (!bytes)
            throw new Error(`"${args.step}" of ${args.reference} made no file that is here.`);
          await writeFile(args.to, bytes);
          return { isTrue: true, text: `It is in ${args.to}.`, json: { file: args.to } };
        }),
    }),
    link: callCommand({
      name: "link",
      description: "A link that opens a document without a log-in, for ten minutes",
      args: {
        reference: { type: "positional", required: true, description: "The order" },
        step: { type: "string", default: "label", description: "The step that made it" },
      },
      method: "POST",
      path: ({ reference, step }) => `/orders/${segment(reference)}/files/${segment(step)}/link`,
      body: () => ({}),
    }),
    show: defineCommand({
      meta: { name: "show", description: "One order, and everything that happened to it" },
      args: { ...jsonArg, reference: { type: "positional", required: true } },
      run: ({ args }) =>
        report(args.json, async () => {
          const order = await askServer(`/orders/${encodeURIComponent(args.reference)}`, detail);
          const steps = order.steps.map(
            (s) => `  ${s.name.padEnd(18)} ${s.state.padEnd(10)} ${s.message ?? ""}`,
          );
          const past = order.happenings.map(
            (h) =>
              `  ${h.at.slice(11, 19)}  ${h.step.padEnd(18)} ${(h.outcome ?? "running").padEnd(10)} ${h.externalId ?? h.message ?? ""}`,
          );
          return {
            isTrue: true,
            text: [line(order), ...steps, "", ...past].join("\n"),
            json: order,
          };
        }),
    }),
  },
});

function line(order: Glance): string {
  const { minor, currency } = order.total;
  const amount = `${decimalString(BigInt(minor), exponentOf(currency))} ${currency}`;
  const done = order.steps.filter((s) => s.state === "done").length;
  const where = order.steps.find((s) => s.state === "attention")?.message ?? "";
  return [
    order.reference,
    (order.shopOrder ?? "").padEnd(12),
    order.state.padEnd(10),
    amount.padStart(14),
    (order.country ?? "").padEnd(3),
    `${done}/${order.steps.length}`.padStart(5),
    where,
  ].join("  ");
}
