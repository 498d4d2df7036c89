// Labels for the printer: which are not printed, and the file that prints them.
import { writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { callCommand, type Given, listOf } from "./call-command.ts";
import { jsonArg, report } from "./report.ts";
import { askServerForFile } from "./server.ts";

const chosen = {
  orders: { type: "positional", required: true, description: "References, with commas" },
  step: { type: "string", default: "label", description: "The step that made them" },
} as const;

const labelsIn = ({ orders, step }: Given) => ({
  labels: (listOf(orders) ?? []).map((reference) => ({ reference, step: String(step) })),
});

export const labelsCommand = defineCommand({
  meta: { name: "labels", description: "Labels, printed and not" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "Those that nobody has printed",
      path: () => "/labels",
      rows: { of: "unprinted", show: ["madeAt", "reference", "step", "service", "trackingNumber"] },
    }),
    save: defineCommand({
      meta: { name: "save", description: "Several as one file, for the printer" },
      args: {
        ...jsonArg,
        ...chosen,
        to: { type: "string", required: true, description: "labels.pdf or labels.zpl" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const format = args.to.endsWith(".zpl") ? "zpl" : "pdf";
          const body = labelsIn(args);
          const bytes = await askServerForFile(`/labels/${format}`, { method: "POST", body });
          if (!bytes) throw new Error("None of these labels is there.");
          await writeFile(args.to, bytes);
          const text = `${body.labels.length} labels are in ${args.to}. Once printed: ordna labels printed ${args.orders}`;
          return { isTrue: true, text, json: { file: args.to, labels: body.labels.length } };
        }),
    }),
    printed: callCommand({
      name: "printed",
      description: "Say that they are printed",
      args: chosen,
      method: "POST",
      path: () => "/labels/printed",
      body: labelsIn,
    }),
  },
});
