import { defineCommand } from "citty";
import { callCommand, type Given, listOf, segment } from "./call-command.ts";

const id = {
  id: { type: "positional", required: true, description: "The hook's number" },
} as const;
const at = ({ id }: Given) => `/hooks/${segment(id)}`;

const page = {
  limit: { type: "string", default: "50", description: "At most so many, up to 200" },
  before: { type: "string", description: "The next page: what the last one gave as `next`" },
} as const;

export const hooksCommand = defineCommand({
  meta: { name: "hooks", description: "Other programs that are told" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "Every hook, without its secret",
      path: () => "/hooks",
      rows: { of: "hooks", show: ["id", "url", "events", "stores", "disabledBecause"] },
    }),
    add: callCommand({
      name: "add",
      description: "Tell a program; the secret is shown once",
      args: {
        url: { type: "positional", required: true, description: "Where to" },
        events: { type: "string", required: true, description: "order.done,invoice.created" },
        stores: { type: "string", description: "Only of these stores" },
      },
      method: "POST",
      path: () => "/hooks",
      body: ({ url, events, stores }) => ({
        url,
        events: listOf(events),
        stores: listOf(stores) ?? null,
      }),
    }),
    rotate: callCommand({
      name: "rotate",
      description: "A new secret; for a day both sign",
      args: id,
      method: "POST",
      path: (args) => `${at(args)}/rotate`,
      body: () => ({}),
    }),
    enable: callCommand({
      name: "enable",
      description: "Try again after it was given up, with all that waits",
      args: id,
      method: "POST",
      path: (args) => `${at(args)}/enable`,
      body: () => ({}),
    }),
    drop: callCommand({
      name: "drop",
      description: "Tell it nothing any more, and forget its log",
      args: id,
      method: "DELETE",
      path: at,
    }),
    messages: callCommand({
      name: "messages",
      description: "What it was told, with every try",
      args: { ...id, ...page },
      path: (args) => `${at(args)}/messages`,
      query: ["limit", "before"],
      rows: { of: "messages", show: ["id", "madeAt", "type", "reference", "state"] },
    }),
    log: callCommand({
      name: "log",
      description: "What all of them were told, the newest first",
      args: page,
      path: () => "/hooks/messages",
      query: ["limit", "before"],
      rows: { of: "messages", show: ["id", "madeAt", "type", "reference", "state"] },
    }),
    message: callCommand({
      name: "message",
      description: "One message with its content, and every try",
      args: { ...id, message: { type: "positional", required: true, description: "Its number" } },
      path: (args) => `${at(args)}/messages/${segment(args.message)}`,
    }),
    replay: callCommand({
      name: "replay",
      description: "The same message again, with the same id",
      args: { ...id, message: { type: "positional", required: true, description: "Its number" } },
      method: "POST",
      path: (args) => `${at(args)}/messages/${segment(args.message)}/replay`,
      body: () => ({}),
    }),
  },
});
