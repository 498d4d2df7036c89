// The shop: who sells, which providers play which part, and what happens to a paid order. Read this file first.
// Secrets stay in the environment (NAME, or NAME_FILE for a file that holds it). A provider without its secrets is
// simulated, so this file runs as it is.

import type { StoredFile } from "./src/connector-kit/action.ts";
import { secret } from "./src/connector-kit/connector.ts";
import type { Booking, Roles } from "./src/connector-kit/roles.ts";
import { airtable } from "./src/connectors/airtable/connector.ts";
import { folder } from "./src/connectors/folder/connector.ts";
import { mailgun } from "./src/connectors/mailgun/connector.ts";
import { netvisor } from "./src/connectors/netvisor/connector.ts";
import { postnord } from "./src/connectors/postnord/connector.ts";
import { stripe } from "./src/connectors/stripe/connector.ts";
import { telegram } from "./src/connectors/telegram/connector.ts";
import { vies } from "./src/connectors/vies/connector.ts";
import { zoho } from "./src/connectors/zoho/connector.ts";
import { composeConfirmation } from "./src/language/confirmation.ts";
import type { Order } from "./src/order/order.ts";
import { withProductFacts } from "./src/order/product-facts.ts";
import { pipeline } from "./src/pipeline/pipeline.ts";
import { step } from "./src/pipeline/step.ts";
import { stepNotes } from "./src/pipeline/step-notes.ts";
import { checkOrder } from "./src/shop/check-order.ts";
import { defineConfig } from "./src/shop/define-config.ts";
import { onRequest } from "./src/shop/on-request.ts";
import { provenVatId } from "./src/shop/proven-vat-id.ts";
import type { Seller } from "./src/shop/seller.ts";
import { vatIdQuestion } from "./src/tax/buyer-vat-id.ts";

/** For products that carry no weight_g in Stripe. Without it such an order waits for a person. */
const defaultWeightGrams = 1000;
/** The shop's number at customs; the sandbox's is an example, as its VAT number is. */
const eoriNumber = "FI1234567-8";

const seller: Seller = {
  name: "Pikkuna",
  timeZone: "Europe/Helsinki",
  vat: {
    // Where the goods leave from. What else may stand here (VOEC, Great Britain, kinds of goods): docs/vat.md.
    country: "FI",
    vatId: "FI12345671",
    isInOss: true,
  },
  // What leaves the EU's VAT area is held before a label is bought, as long as customs would miss something.
  customs: { from: { country: "FI", postalCode: "00160" }, eoriNumber, defaultWeightGrams },
  // By SKU, what Stripe's metadata does not tell; "*" stands for all that are not named.
  products: {
    "CUR-140-250": { originCountry: "EE" },
    "RAIL-2M": { originCountry: "EE" },
  },
};

/** The order with all that the shop knows of its goods. */
const described = (order: Order) => withProductFacts(order, seller.products);

export default defineConfig({
  stores: {
    pikkuna: {
      seller,
      payments: stripe({
        secretKey: secret("STRIPE_SECRET_KEY"),
        webhookSecrets: secret("STRIPE_WEBHOOK_SECRET"),
        defaultLocale: "fi",
      }),
      crm: zoho({
        dataCentre: "eu",
        clientId: secret("ZOHO_CLIENT_ID"),
        clientSecret: secret("ZOHO_CLIENT_SECRET"),
        refreshToken: secret("ZOHO_REFRESH_TOKEN"),
        homeCurrency: "EUR",
        stage: "Closed Won",
        timeZone: seller.timeZone,
      }),
      worklist: airtable({
        token: secret("AIRTABLE_TOKEN"),
        baseId: "appProduction0001",
        tableId: "Orders",
        timeZone: seller.timeZone,
      }),
      carrier: postnord({
        apiKey: secret("POSTNORD_API_KEY"),
        issuer: "Z14",
        customerNumber: "0111111118",
        applicationId: 9999,
        defaultWeightGrams,
        customs: {
          vatNumber: "FI12345671",
          eoriNumber,
        },
        sender: {
          name: "Pikkuna",
          streets: ["Satamakatu 3"],
          postalCode: "00160",
          city: "Helsinki",
          country: "FI",
          contactName: "Pikkuna",
          email: "warehouse@example.com",
          phone: "+358401112223",
        },
      }),
      // Without an accounting provider: builtin({ ... }) keeps the books here (examples/builtin-books).
      accounting: netvisor({
        sender: "Ordna",
        customerId: "ordna",
        partnerId: "ordna",
        customerKey: secret("NETVISOR_CUSTOMER_KEY"),
        partnerKey: secret("NETVISOR_PARTNER_KEY"),
        organisationId: "1234567-8",
        productGroup: "Web shop",
        // Distance sales have no code of their own in Netvisor: ask the accountant before this is used for real.
        vatCodes: { oss: { vatCode: "NONE" } },
      }),
      mail: mailgun({
        region: "eu",
        domain: "mg.example.com",
        apiKey: secret("MAILGUN_API_KEY"),
        // Without it Mailgun's webhooks are not believed, and nobody hears of an e-mail that bounced.
        webhookSigningKey: secret("MAILGUN_WEBHOOK_SIGNING_KEY"),
        from: { name: "Pikkuna", email: "orders@example.com" },
      }),
      alerts: telegram({
        botToken: secret("TELEGRAM_BOT_TOKEN"),
        chatId: secret("TELEGRAM_CHAT_ID"),
      }),
      files: folder({ path: "files" }),
      // The shop's own VAT number: VIES gives a proof only to who says who asks.
      vatIds: vies({ vatId: secret("VIES_VAT_ID") }),
      pipelines: ordersOf,
    },
  },
});

/** What happens by itself once an order is paid, and what a person may ask for afterwards. */
function ordersOf(roles: Roles) {
  const { steps, ...done } = paidOrder(roles);
  const paid = pipeline("paid", steps);
  return [paid, ...onRequest(roles, done, paid, { described, letter: confirmationLetter })];
}

/** From paid to parcel. `needs` alone says what waits for what: CRM and production log never hold up the parcel. */
function paidOrder({ crm, worklist, carrier, accounting, mail, vatIds }: Roles) {
  const vatId = step("vat-id", {
    action: provenVatId(vatIds.verify),
    input: (order) => vatIdQuestion(order, seller.vat),
  });
  const check = step("check", {
    needs: { vatId },
    action: checkOrder(seller),
    input: (order, { vatId }) => ({
      order: described(order),
      consultation: vatId.consultation,
    }),
  });

  const contact = step("contact", {
    needs: { check },
    action: crm.contact,
    input: (order) => ({ order }),
  });
  const deal = step("deal", {
    needs: { contact },
    action: crm.deal,
    input: (order, { contact }) => ({ order, contactId: contact.contactId }),
  });
  const productionRow = step("production-row", {
    needs: { check },
    action: worklist.row,
    input: (order) => ({ order, steps: stepNotes(logged, { check: "" }) }),
  });

  const booking = step("booking", {
    needs: { check },
    action: carrier.book,
    input: (order) => ({ order: described(order) }),
  });
  const label = step("label", {
    needs: { booking },
    action: carrier.label,
    input: (order, { booking }) => ({ order: described(order), booking }),
  });

  const accountingCustomer = step("accounting-customer", {
    needs: { check },
    action: accounting.customer,
    input: (order) => ({ order }),
  });
  const invoice = step("invoice", {
    needs: { check, label, accountingCustomer },
    action: accounting.invoice,
    input: (order, { check, accountingCustomer }) => ({
      order,
      vat: check.vat,
      customerId: accountingCustomer.customerId,
    }),
  });
  const payment = step("payment", {
    needs: { invoice },
    action: accounting.payment,
    input: (order, { invoice }) => ({ order, invoiceId: invoice.invoiceId }),
  });
  const invoicePdf = step("invoice-pdf", {
    needs: { invoice },
    action: accounting.invoiceDocument,
    input: (_order, { invoice }) => invoice,
  });

  const confirmation = step("confirmation", {
    needs: { booking, label, invoice, invoicePdf },
    action: mail.send,
    input: confirmationLetter,
  });

  const dealUpdate = step("deal-update", {
    needs: { deal, booking, invoice },
    action: crm.updateDeal,
    input: (order, { deal, booking, invoice }) => ({
      order,
      ...deal,
      ...fulfilment(booking, invoice),
    }),
  });
  const productionUpdate = step("production-update", {
    needs: { check, productionRow, booking, label, accountingCustomer, invoice },
    action: worklist.updateRow,
    input: (order, { productionRow, booking, invoice }) => ({
      order,
      ...productionRow,
      ...fulfilment(booking, invoice),
      steps: stepNotes(logged, {
        check: "",
        booking: booking.trackingNumber,
        label: "",
        "accounting-customer": "",
        invoice: invoice.invoiceNumber,
      }),
    }),
  });

  const steps = [
    vatId,
    check,
    contact,
    deal,
    productionRow,
    booking,
    label,
    accountingCustomer,
    invoice,
    payment,
    invoicePdf,
    confirmation,
    dealUpdate,
    productionUpdate,
  ];
  return { steps, check, booking, accountingCustomer, invoice, invoicePdf };
}

/** The order's letter, with its invoice. */
function confirmationLetter(
  order: Order,
  done: {
    readonly booking: Booking;
    readonly invoice: { readonly invoiceNumber: string };
    readonly invoicePdf: StoredFile;
  },
) {
  const { booking, invoice, invoicePdf } = done;
  return {
    to: { email: order.buyer.email ?? "", name: order.buyer.name },
    attachments: [invoicePdf],
    ...composeConfirmation(order, {
      trackingNumber: booking.trackingNumber,
      trackingUrl: booking.trackingUrl,
      invoiceNumber: invoice.invoiceNumber,
      shopName: seller.name,
      timeZone: seller.timeZone,
    }),
  };
}

/** What the production log tells of: all that is done by the time of its update. The order's page tells the rest. */
const logged = ["check", "booking", "label", "accounting-customer", "invoice"];

function fulfilment(
  booking: { readonly trackingNumber: string; readonly trackingUrl?: string | undefined },
  invoice: { readonly invoiceNumber: string },
) {
  const { trackingNumber, trackingUrl } = booking;
  return { trackingNumber, trackingUrl, invoiceNumber: invoice.invoiceNumber };
}
