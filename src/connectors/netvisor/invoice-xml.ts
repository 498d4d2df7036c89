import type { Address, Order, Party } from "../../order/order.ts";
import { partyName } from "./customer.ts";
import { type InvoiceLine, unitPrice } from "./invoice-lines.ts";
import { localDate } from "./local-date.ts";
import { referenceNumberFor } from "./reference-number.ts";
import { commaAmount, element, optional, withComma, writeXml, type XmlElement } from "./xml.ts";

/** How we find our invoice again: Netvisor has no idempotency key. */
export function privateComment(order: Order): string {
  return `ordna:${order.reference}`;
}

export function invoiceXml(
  order: Order,
  customerId: string,
  lines: readonly InvoiceLine[],
  timeZone: string,
): string {
  const date = localDate(order.paidAt, timeZone);
  return writeXml("salesinvoice", [
    element("salesinvoice", [
      element("salesinvoicedate", date, { format: "ansi" }),
      element("salesinvoicedeliverydate", date, { format: "ansi" }),
      element("salesinvoicereferencenumber", referenceNumberFor(order.reference)),
      element("salesinvoiceamount", commaAmount(order.total), {
        iso4217currencycode: order.currency,
      }),
      // "unsent" would make Netvisor send the customer a second invoice.
      element("salesinvoicestatus", "open", { type: "netvisor" }),
      element("salesinvoiceourreference", order.reference),
      element("salesinvoiceprivatecomment", privateComment(order)),
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
