import { defineCommand } from "citty";
import { z } from "zod";
import { callCommand, segment } from "./call-command.ts";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const glance = z.looseObject({
  id: z.string(),
  type: z.string(),
  disposition: z.string(),
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  receivedAt: z.string(),
});

export const eventsCommand = defineCommand({
  meta: { name: "events", description: "List what Stripe told us, or have an event read again" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "The newest events" },
      args: {
        ...jsonArg,
        quarantined: { type: "boolean", description: "Only those that wait for a person" },
        limit: { type: "string", default: "50", description: "At most so many, up to 200" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const query = new URLSearchParams({ limit: args.limit });
          if (args.quarantined) query.set("disposition", "quarantined");
          const found = await askServer(`/events?${query}`, z.object({ events: z.array(glance) }));
          const text = found.events.map(line).join("\n") || "There is none.";
          return { isTrue: true, text, json: found };
        }),
    }),
    payload: callCommand({
      name: "payload",
      description: "What an event said, without whom it is about",
      args: { id: { type: "positional", required: true, description: "evt_..." } },
      path: ({ id }) => `/events/${segment(id)}/payload`,
    }),
    "read-again": defineCommand({
      meta: { name: "read-again", description: "Read a quarantined event again" },
      args: { ...jsonArg, id: { type: "positional", required: true } },
      run: ({ args }) =>
        report(args.json, async () => {
          const path = `/events/${encodeURIComponent(args.id)}/read-again`;
          const schema = z.object({ isReadAgain: z.boolean() });
          const { isReadAgain } = await askServer(path, schema, { method: "POST", body: {} });
          const text = isReadAgain
            ? "It is read again. If it cannot be, `events list --quarantined` says why."
            : "It is not read again: only a quarantined event can be, and only if it was one of Stripe's.";
          return { isTrue: isReadAgain, text, json: { id: args.id, isReadAgain } };
        }),
    }),
  },
});

function line({ id, type, disposition, reason, reference, receivedAt }: z.infer<typeof glance>) {
  return [receivedAt, disposition.padEnd(11), id, type, reference ?? reason ?? ""].join("  ");
}
