import { defineCommand } from "citty";
import { callCommand } from "./call-command.ts";

const span = {
  days: { type: "string", default: "7", description: "So many, up to today" },
  timeZone: { type: "string", default: "UTC", description: "Whose midnight: Europe/Helsinki" },
} as const;

export const reportsCommand = defineCommand({
  meta: { name: "reports", description: "How it goes, and whether anything was lost" },
  subCommands: {
    orders: callCommand({
      name: "orders",
      description: "How many needed nobody, how long they took, what stopped them",
      args: span,
      path: () => "/reports/orders",
      query: ["days", "timeZone"],
    }),
    days: callCommand({
      name: "days",
      description:
        "Payments, orders, labels, invoices and e-mails of each day, and what is missing",
      args: span,
      path: () => "/reports/days",
      query: ["days", "timeZone"],
      rows: {
        of: "days",
        show: ["day", "payments", "orders", "labels", "invoices", "mails", "holeCount", "unread"],
      },
    }),
    invoices: callCommand({
      name: "invoices",
      description: "Invoices against what was paid, to the cent",
      args: {
        from: { type: "string", required: true, description: "2026-11-01" },
        until: { type: "string", required: true, description: "Not included" },
        timeZone: span.timeZone,
      },
      path: () => "/reports/invoices",
      query: ["from", "until", "timeZone"],
      rows: {
        of: "invoices",
        show: [
          "issuedOn",
          "invoiceNumber",
          "reference",
          "paid",
          "invoiced",
          "refunded",
          "currency",
        ],
      },
    }),
  },
});

export const statusCommand = defineCommand({
  meta: { name: "status", description: "What runs, and how many orders there are" },
  subCommands: {
    configuration: callCommand({
      name: "configuration",
      description: "Stores, retention and e-mails, as they are configured",
      path: () => "/configuration",
    }),
    show: callCommand({
      name: "show",
      description: "Version, database, queue, providers and orders",
      path: () => "/status",
    }),
    pipelines: callCommand({
      name: "pipelines",
      description: "What waits for what, as it is configured",
      path: () => "/pipelines",
    }),
    counts: callCommand({
      name: "counts",
      description: "How many orders need a person, and how many labels are not printed",
      path: () => "/counts",
    }),
  },
});
