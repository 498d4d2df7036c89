// An invoice or a credit note as salesinvoice.nv takes it: Netvisor tells the two apart by their signs.
import type { Money } from "../../order/money.ts";
import type { Address, Order, Party } from "../../order/order.ts";
import { partyName } from "./customer.ts";
import { type InvoiceLine, unitPrice } from "./invoice-lines.ts";
import type { Mark } from "./mark.ts";
import { commaAmount, element, optional, withComma, writeXml, type XmlElement } from "./xml.ts";

export interface SalesDocument {
  readonly order: Order;
  readonly customerId: string;
  readonly lines: readonly InvoiceLine[];
  readonly amount: Money;
  /** YYYY-MM-DD: decides on the VAT period. */
  readonly date: string;
  readonly mark: Mark;
  /** Printed above the lines. */
  readonly text?: string;
}

export function salesDocumentXml(document: SalesDocument): string {
  const { order, customerId, lines, amount, date, mark, text } = document;
  return writeXml("salesinvoice", [
    element("salesinvoice", [
      element("salesinvoicedate", date, { format: "ansi" }),
      element("salesinvoicedeliverydate", date, { format: "ansi" }),
      element("salesinvoicereferencenumber", mark.referenceNumber),
      element("salesinvoiceamount", commaAmount(amount), { iso4217currencycode: order.currency }),
      // "unsent" would make Netvisor send the customer a second one.
      element("salesinvoicestatus", "open", { type: "netvisor" }),
      ...optional("salesinvoicefreetextbeforelines", text),
      element("salesinvoiceourreference", order.reference),
      element("salesinvoiceprivatecomment", mark.comment),
      element("invoicingcustomeridentifier", customerId, { type: "customer" }),
      ...buyer(order.buyer, order.buyer.address ?? order.shipTo.address),
      ...delivery(order.shipTo),
      element("paymenttermnetdays", "0"),
      element("ordernumber", order.reference),
      element("invoicelines", lines.map(invoiceLine)),
    ]),
  ]);
}

function buyer(party: Party, address: Address | undefined): XmlElement[] {
  return [
    ...optional("invoicingcustomername", partyName(party)),
    ...optional("invoicingcustomernameextension", party.company?.trim() ? party.name : undefined),
    ...optional("invoicingcustomeraddressline", address?.line1),
    ...optional("invoicingcustomeradditionaladdressline", address?.line2),
    ...optional("invoicingcustomerpostnumber", address?.postalCode),
    ...optional("invoicingcustomertown", address?.city),
    ...optional("invoicingcustomercountrycode", address?.country, { type: "ISO-3166" }),
  ];
}

function delivery(party: Party): XmlElement[] {
  const { address } = party;
  const street = [address?.line1, address?.line2].filter((line) => line?.trim()).join(", ");
  return [
    ...optional("deliveryaddressname", partyName(party)),
    ...optional("deliveryaddressnameextension", party.company?.trim() ? party.name : undefined),
    ...optional("deliveryaddressline", street),
    ...optional("deliveryaddresspostnumber", address?.postalCode),
    ...optional("deliveryaddresstown", address?.city),
    ...optional("deliveryaddresscountrycode", address?.country, { type: "ISO-3166" }),
  ];
}

function invoiceLine(line: InvoiceLine): XmlElement {
  return element("invoiceline", [
    element("salesinvoiceproductline", [
      element("productidentifier", line.productCode, { type: "customer" }),
      element("productname", line.description.slice(0, 200)),
      element("productunitprice", withComma(unitPrice(line)), { type: "gross" }),
      element("productvatpercentage", withComma(line.ratePercent), { vatcode: line.code.vatCode }),
      element("salesinvoiceproductlinequantity", String(line.quantity)),
      // Netvisor ignores one without the other, and rounds by itself.
      element("salesinvoiceproductlinevatsum", commaAmount(line.vat)),
      element("salesinvoiceproductlinesum", commaAmount(line.gross)),
      ...optional("accountingaccountsuggestion", line.code.accountNumber),
    ]),
  ]);
}
