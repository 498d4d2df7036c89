// The shop that the benchmark measures: five steps, seven calls, every step checkpointed.
import type { Action } from "../../src/connector-kit/action.ts";
import type { Crm, Roles } from "../../src/connector-kit/roles.ts";
import { folder } from "../../src/connectors/folder/connector.ts";
import type { Order } from "../../src/order/order.ts";
import { pipeline } from "../../src/pipeline/pipeline.ts";
import { step } from "../../src/pipeline/step.ts";
import { defineConfig } from "../../src/shop/define-config.ts";
import type { VatDecision } from "../../src/tax/vat-decision.ts";
import { accounting, alerts, carrier, crm, mail, vatIds, worklist } from "./connectors.ts";
import { payments } from "./payments.ts";

export default defineConfig({
  stores: {
    bench: {
      seller: {
        name: "Bench",
        timeZone: "Europe/Helsinki",
        vat: { country: "FI", vatId: "FI12345671", isInOss: true },
      },
      payments: payments(),
      crm: crm(),
      worklist: worklist(),
      carrier: carrier(),
      accounting: accounting(),
      mail: mail(),
      alerts: alerts(),
      files: folder({ path: "files" }),
      vatIds: vatIds(),
      pipelines: (roles) => [pipeline("paid", paidOrder(roles))],
    },
  },
});

/** Deal and production row beside parcel, invoice and e-mail, as the shipped configuration has them. */
function paidOrder({ crm, worklist, carrier, accounting, mail }: Roles) {
  const deal = step("deal", { action: contactAndDeal(crm), input: (order) => ({ order }) });
  const productionRow = step("production-row", {
    needs: { deal },
    action: worklist.row,
    input: (order) => ({ order }),
  });
  const booking = step("booking", { action: carrier.book, input: (order) => ({ order }) });
  const invoice = step("invoice", {
    needs: { booking },
    action: accounting.invoice,
    input: (order, { booking }) => ({
      order,
      vat: untaxed(order),
      customerId: booking.trackingNumber,
    }),
  });
  const confirmation = step("confirmation", {
    needs: { booking, invoice },
    action: mail.send,
    input: (order, { booking, invoice }) => ({
      to: { email: order.buyer.email ?? "" },
      locale: order.locale.tag,
      template: "order-confirmation",
      subject: `Order ${order.reference}`,
      variables: {
        tracking_number: booking.trackingNumber,
        invoice_number: invoice.invoiceNumber,
        order_items: order.lines.map(({ description, quantity }) => ({
          name: description,
          quantity: String(quantity),
        })),
      },
      attachments: [],
    }),
  });
  return [deal, productionRow, booking, invoice, confirmation];
}

/** Two calls in one step, because the other engines' step has both. */
function contactAndDeal({ contact, deal }: Crm): Action<{ order: Order }, { dealId: string }> {
  const { name, connection, output, record } = deal;
  return {
    ...{ name, connection, output, record },
    repeat: { how: "safe" },
    run: async (input, call) => deal.run({ ...input, ...(await contact.run(input, call)) }, call),
  };
}

/** The other engines decide no VAT, so this one does not either. */
function untaxed({ total, paidAt }: Order): VatDecision {
  const none = { net: total, vat: { ...total, minor: 0n }, gross: total };
  return {
    scheme: "domestic",
    territory: "FI",
    destination: "FI",
    taxPoint: paidAt.slice(0, 10),
    total: none,
    groups: [{ ratePercent: "0", category: "Z", ...none }],
    lines: [],
    rounding: "group",
    mentions: [],
    sellerTaxIds: [],
    customsDeclarationRequired: false,
    reviews: [],
    explanation: "The benchmark sells without VAT.",
  };
}
