import { defineCommand } from "citty";
import { callCommand, type Given, listOf, segment } from "./call-command.ts";

const wish = {
  role: { type: "string", description: "viewer, manager, finance, developer or owner" },
  stores: { type: "string", description: "Only these stores; all: every store" },
} as const;

const storesIn = ({ stores }: Given) => (stores === "all" ? null : listOf(stores));

export const peopleCommand = defineCommand({
  meta: { name: "people", description: "Who may come in" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "Everybody who may come in",
      path: () => "/people",
      rows: { of: "people", show: ["id", "email", "name", "role", "stores", "isDisabled"] },
    }),
    invite: callCommand({
      name: "invite",
      description: "A link that lets one person in once, within seven days",
      args: { email: { type: "positional", required: true, description: "Whom" }, ...wish },
      method: "POST",
      path: () => "/invitations",
      body: (args) => ({ email: args.email, role: args.role, stores: storesIn(args) ?? null }),
    }),
    change: callCommand({
      name: "change",
      description: "Another role, other stores, out (--disabled) or in again (--no-disabled)",
      args: {
        id: { type: "positional", required: true, description: "The person's number" },
        ...wish,
        disabled: { type: "boolean", description: "May not come in any more" },
      },
      method: "PATCH",
      path: ({ id }) => `/people/${segment(id)}`,
      body: (args) => ({ role: args.role, stores: storesIn(args), isDisabled: args.disabled }),
    }),
    "log-out": callCommand({
      name: "log-out",
      description: "One person is out everywhere, and may come in again",
      args: { id: { type: "positional", required: true, description: "The person's number" } },
      method: "DELETE",
      path: ({ id }) => `/people/${segment(id)}/sessions`,
    }),
    colleagues: callCommand({
      name: "colleagues",
      description: "Who may be asked to look after an order, as the log names them",
      path: () => "/colleagues",
      rows: { of: "colleagues", show: ["id", "name"] },
    }),
  },
});

export const keysCommand = defineCommand({
  meta: { name: "keys", description: "Keys for programs" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "Every key, without the key",
      path: () => "/keys",
      rows: { of: "keys", show: ["id", "name", "scopes", "stores", "lastUsedAt", "isRevoked"] },
    }),
    make: callCommand({
      name: "make",
      description: "A new key; it is shown once",
      args: {
        name: { type: "positional", required: true, description: "For what" },
        scopes: {
          type: "string",
          default: "read",
          description: "Any of read,personal,decide,money,tech,log,manage",
        },
        stores: wish.stores,
      },
      method: "POST",
      path: () => "/keys",
      body: (args) => ({
        name: args.name,
        scopes: listOf(args.scopes),
        stores: storesIn(args) ?? null,
      }),
    }),
    revoke: callCommand({
      name: "revoke",
      description: "A key works no more",
      args: { id: { type: "positional", required: true, description: "Its number" } },
      method: "DELETE",
      path: ({ id }) => `/keys/${segment(id)}`,
    }),
  },
});
