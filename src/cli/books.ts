import { defineCommand } from "citty";
import { callCommand, segment } from "./call-command.ts";

export const booksCommand = defineCommand({
  meta: { name: "books", description: "The books that Ordna keeps itself" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "All of them, and up to when each is closed",
      path: () => "/books",
    }),
    close: callCommand({
      name: "close",
      description: "Nothing is issued into a month or an earlier one any more; it cannot be undone",
      args: {
        books: { type: "positional", required: true, description: "Their name" },
        month: { type: "string", required: true, description: "2026-11" },
        reason: { type: "string", description: "Kept in the log" },
      },
      method: "POST",
      path: ({ books }) => `/books/${segment(books)}/close`,
      body: ({ month, reason }) => ({ month, reason }),
    }),
  },
});
