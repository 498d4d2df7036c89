import { defineCommand } from "citty";
import { version } from "../version.ts";

/** Each command's module is loaded when it is used: `orders list` needs no database. */
export const ordnaCommand = defineCommand({
  meta: { name: "ordna", version, description: "Takes an order from paid to parcel." },
  subCommands: {
    start: () => import("./start.ts").then((m) => m.startCommand),
    serve: () => import("./serve.ts").then((m) => m.serveCommand),
    demo: () => import("./demo.ts").then((m) => m.demoCommand),
    orders: () => import("./orders.ts").then((m) => m.ordersCommand),
    invoices: () => import("./invoices.ts").then((m) => m.invoicesCommand),
    inbox: () => import("./inbox.ts").then((m) => m.inboxCommand),
    causes: () => import("./causes.ts").then((m) => m.causesCommand),
    decisions: () => import("./decisions.ts").then((m) => m.decisionsCommand),
    events: () => import("./events.ts").then((m) => m.eventsCommand),
    retry: () => import("./retry.ts").then((m) => m.retryCommand),
    backfill: () => import("./backfill.ts").then((m) => m.backfillCommand),
    customers: () => import("./customers.ts").then((m) => m.customersCommand),
    audit: () => import("./audit.ts").then((m) => m.auditCommand),
    address: () => import("./address.ts").then((m) => m.addressCommand),
    tax: () => import("./tax.ts").then((m) => m.taxCommand),
    doctor: () => import("./doctor.ts").then((m) => m.doctorCommand),
    setup: () => import("./setup.ts").then((m) => m.setupCommand),
    welcome: () => import("./welcome.ts").then((m) => m.welcomeCommand),
    rehearse: () => import("./rehearse.ts").then((m) => m.rehearseCommand),
    backup: () => import("./backup.ts").then((m) => m.backupCommand),
    restore: () => import("./restore.ts").then((m) => m.restoreCommand),
    conformance: () => import("./conformance.ts").then((m) => m.conformanceCommand),
    migrate: () => import("./migrate.ts").then((m) => m.migrateCommand),
    send: () => import("./send.ts").then((m) => m.sendCommand),
  },
});
