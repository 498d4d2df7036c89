// What a shop's developer writes without Ordna: seven calls in a row. The same requests as ../shop/connectors.ts sends,
// and the same look at the answers.
import type { PlainHttp } from "./plain-http.ts";

export interface PlainOrder {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly amount: number;
  readonly address: Readonly<Record<string, string>>;
  readonly items: readonly { readonly name: string; readonly quantity: number }[];
}

export type PlainSteps = ReturnType<typeof plainSteps>;

export function plainSteps(http: PlainHttp) {
  const post = async (path: string, mediaType: string, body: string) =>
    http(path, { method: "POST", headers: { "content-type": mediaType }, body });
  const postJson = async (path: string, body: unknown) =>
    JSON.parse(await post(path, "application/json", JSON.stringify(body)));

  return {
    async readOrder(payment: string): Promise<PlainOrder> {
      const paid = JSON.parse(await http(`/stripe/${payment}`));
      const { line1, city, postal_code: postalCode, country } = paid.shipping.address;
      return {
        id: payment,
        email: paid.receipt_email,
        name: paid.shipping.name,
        amount: paid.amount,
        address: { line1, city, postalCode, country },
        items: paid.line_items,
      };
    },

    async deal(order: PlainOrder): Promise<{ dealId: string }> {
      const contacts = JSON.parse(await http(`/zoho-contact/${order.id}`));
      const deal = {
        Deal_Name: `Order ${order.id}`,
        Stage: "Closed Won",
        Amount: order.amount / 100,
        Contact_Name: { id: contacts.data[0].id },
        Description: order.items.map((item) => `${item.name} x ${item.quantity}`).join("\n"),
      };
      const made = await postJson(`/zoho-deal/${order.id}`, { data: [deal] });
      return { dealId: made.data[0].details.id };
    },

    async productionRow(order: PlainOrder): Promise<{ rowId: string }> {
      const fields = { Order: order.id, Customer: order.name };
      const made = await postJson(`/airtable/${order.id}`, { records: [{ fields }] });
      return { rowId: made.id };
    },

    async booking(order: PlainOrder): Promise<{ trackingNumber: string; labelBytes: number }> {
      const receiver = { name: order.name, ...order.address };
      const wanted = { service: "19", receiver, parcels: [{ weight: 1 }] };
      const made = await postJson(`/postnord/${order.id}`, wanted);
      const labelBytes = Buffer.from(made.pdf, "base64").length;
      return { trackingNumber: made.parcelNumber, labelBytes };
    },

    async invoice(order: PlainOrder, trackingNumber: string): Promise<{ invoiceNumber: string }> {
      const xml = `<root><salesinvoice><salesinvoicedate>2026-05-25</salesinvoicedate><ref>${trackingNumber}</ref></salesinvoice></root>`;
      const answer = await post(`/netvisor/${order.id}`, "text/xml", xml);
      const id = /<InsertedDataIdentifier>([^<]+)</.exec(answer)?.[1];
      if (!id) throw new Error("Netvisor answered without an invoice.");
      return { invoiceNumber: id };
    },

    async confirmation(
      order: PlainOrder,
      trackingNumber: string,
      invoiceNumber: string,
    ): Promise<{ messageId: string }> {
      const form = new URLSearchParams({
        to: order.email,
        template: "order-confirmation",
        "h:X-Mailgun-Variables": JSON.stringify({
          tracking_number: trackingNumber,
          invoice_number: invoiceNumber,
          order_items: order.items,
        }),
      });
      const type = "application/x-www-form-urlencoded";
      const made = JSON.parse(await post(`/mailgun/${order.id}`, type, form.toString()));
      return { messageId: made.id };
    },
  };
}
