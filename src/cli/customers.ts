import { writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const email = {
  type: "string",
  required: true,
  description: "The customer's e-mail address, as buyer or recipient",
} as const;

const exported = z.looseObject({ orders: z.array(z.looseObject({})) });

const erasure = z.object({
  reference: z.string(),
  state: z.enum(["erased", "erased before", "would be erased", "not finished", "try again"]),
  what: z.string(),
  kept: z.array(z.object({ what: z.string(), why: z.string(), until: z.string() })),
  elsewhere: z.array(z.object({ step: z.string(), provider: z.string(), id: z.string() })),
});
type Erasure = z.infer<typeof erasure>;

export const customersCommand = defineCommand({
  meta: { name: "customers", description: "Tell a customer what is known, or forget it" },
  subCommands: {
    export: defineCommand({
      meta: { name: "export", description: "Everything that is known of one customer, as a file" },
      args: {
        ...jsonArg,
        email,
        out: { type: "string", required: true, description: "The file to write" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const body = { email: args.email };
          const found = await askServer("/customers/export", exported, { method: "POST", body });
          // It holds a whole customer: nobody else on this machine reads it.
          const text = `${JSON.stringify(found, undefined, 2)}\n`;
          await writeFile(args.out, text, { mode: 0o600 });
          const orders = found.orders.length;
          return {
            isTrue: true,
            text: `${orders} orders are in ${args.out}.`,
            json: { orders, file: args.out },
          };
        }),
    }),
    erase: defineCommand({
      meta: { name: "erase", description: "Show what would be forgotten; forget it with --yes" },
      args: {
        ...jsonArg,
        email,
        yes: { type: "boolean", description: "Forget it: nothing brings it back" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const body = { email: args.email, erase: args.yes === true };
          const schema = z.object({ orders: z.array(erasure) });
          const { orders } = await askServer("/customers/erase", schema, { method: "POST", body });
          const left = orders.filter(
            ({ state }) => state === "not finished" || state === "try again",
          );
          return {
            isTrue: left.length === 0,
            text: orders.flatMap(lines).join("\n") || "No order has this address.",
            json: { orders },
          };
        }),
    }),
  },
});

function lines({ reference, state, what, kept, elsewhere }: Erasure): string[] {
  return [
    `${reference}  ${state}  ${what}`,
    ...kept.map((one) => `    stays: ${one.what} until ${one.until}. ${one.why}`),
    ...elsewhere.map(({ provider, step, id }) => `    also at ${provider}: ${step} ${id}`),
  ];
}
