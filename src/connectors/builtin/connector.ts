// The shop's own books: invoices that Ordna numbers, writes and keeps itself. Nobody is asked over the network.
import { createHash } from "node:crypto";
import type { Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Books } from "../../connector-kit/books.ts";
import type { Connector } from "../../connector-kit/connector.ts";
import { customerOutput, paymentOutput } from "../../connector-kit/outputs.ts";
import type { Accounting } from "../../connector-kit/roles.ts";
import type { Simulator } from "../../connector-kit/simulator.ts";
import { localDate } from "../../order/local-date.ts";
import { invoiceDocumentAction } from "./invoice-document.ts";
import { creditAction, invoiceAction } from "./issue.ts";
import { type BuiltinOptions, type BuiltinSettings, readSettings, seriesOf } from "./options.ts";

export function builtin(options: BuiltinOptions): Connector<"accounting"> {
  const settings = readSettings(options);
  return {
    role: "accounting",
    provider: "builtin",
    connection: {
      account: `builtin:${settings.books}`,
      // Numbers are given one after the other in any case; more at once only wait for each other.
      limits: { concurrent: 4 },
      deadlineMs: 60_000,
      // What was not committed when its connection broke never will be, and a look sees at once what was.
      maxServerMs: 0,
      maxLagMs: 0,
    },
    secrets: {},
    hosts: {},
    connect: ({ connection, books }) => accounting(settings, connection, books),
    check: async () => {
      const { prefix } = seriesOf(settings, "invoice", localDate(new Date(), settings.timeZone));
      return `Ordna itself keeps the books of ${settings.seller.name} (${settings.seller.vatId}); invoices are numbered ${prefix}….`;
    },
    simulate: () => nothingToSimulate,
  };
}

export function accounting(
  settings: BuiltinSettings,
  connection: Connection,
  handed: Books | undefined,
): Accounting & Required<Pick<Accounting, "credit">> {
  const books = () => {
    if (handed) return handed;
    const message = "The books are in Ordna's database, which is not at hand here.";
    throw new ActionError("permanent", message, { cause: "config.invalid" });
  };
  return {
    customer: {
      name: "builtin.customer",
      connection,
      output: customerOutput,
      // There is no card to keep: who bought stands on the invoice.
      repeat: { how: "safe" },
      record: ({ customerId }) => ({ id: customerId, isShared: true }),
      run: async ({ order }) => {
        const who = order.buyer.email?.trim().toLowerCase() || order.reference;
        return { customerId: createHash("sha256").update(who).digest("hex").slice(0, 16) };
      },
    },
    invoice: invoiceAction(settings, connection, books),
    payment: {
      name: "builtin.payment",
      connection,
      output: paymentOutput,
      // An invoice is paid once: a repeat finds the first.
      repeat: { how: "safe" },
      record: ({ paymentId }) => ({ id: paymentId, isShared: paymentId === "none" }),
      run: async ({ order, invoiceId }, { key }) => {
        if (order.total.minor === 0n) return { paymentId: "none" };
        const paidOn = localDate(order.paidAt, settings.timeZone);
        const payment = { key, amount: order.total, paidOn };
        const { key: paymentId } = await books().recordPayment(settings.books, invoiceId, payment);
        return { paymentId };
      },
    },
    invoiceDocument: invoiceDocumentAction(settings, connection, books),
    credit: creditAction(settings, connection, books),
  };
}

const nothingToSimulate: Simulator = {
  provider: "builtin",
  secrets: {},
  maxServerMs: 0,
  maxLagMs: 0,
  fetch: async () => new Response("The built-in books have no address.", { status: 404 }),
  records: () => [],
  moods: {},
  setMood: () => {},
};
