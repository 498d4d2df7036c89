// The document as UN/CEFACT Cross Industry Invoice in the profile EN 16931: alone, or inside a Factur-X PDF.
import { type Money, toDecimal } from "../../order/money.ts";
import type { ContentLine, ContentParty, InvoiceContent } from "./invoice-content.ts";
import { paidOnline, pieces } from "./ubl.ts";
import { element, optional, writeXml, type XmlElement } from "./xml.ts";

const unece = "urn:un:unece:uncefact:data";

export function ciiXml(content: InvoiceContent): string {
  return writeXml(
    element(
      "rsm:CrossIndustryInvoice",
      [
        element("rsm:ExchangedDocumentContext", [
          element("ram:GuidelineSpecifiedDocumentContextParameter", [
            element("ram:ID", "urn:cen.eu:en16931:2017"),
          ]),
        ]),
        element("rsm:ExchangedDocument", [
          element("ram:ID", content.number),
          element("ram:TypeCode", content.kind === "invoice" ? "380" : "381"),
          element("ram:IssueDateTime", [day("udt:DateTimeString", content.issuedOn)]),
          ...content.mentions.map(({ text }) =>
            element("ram:IncludedNote", [element("ram:Content", text)]),
          ),
        ]),
        element("rsm:SupplyChainTradeTransaction", [
          ...content.lines.map(lineElement),
          agreement(content),
          delivery(content),
          settlement(content),
        ]),
      ],
      {
        "xmlns:rsm": `${unece}:standard:CrossIndustryInvoice:100`,
        "xmlns:ram": `${unece}:standard:ReusableAggregateBusinessInformationEntity:100`,
        "xmlns:udt": `${unece}:standard:UnqualifiedDataType:100`,
        "xmlns:qdt": `${unece}:standard:QualifiedDataType:100`,
      },
    ),
  );
}

/** 102: CCYYMMDD. */
const day = (name: string, date: string) =>
  element(name, date.replaceAll("-", ""), { format: "102" });
const amount = (name: string, money: Money) => element(name, toDecimal(money));

function lineElement(line: ContentLine, index: number): XmlElement {
  return element("ram:IncludedSupplyChainTradeLineItem", [
    element("ram:AssociatedDocumentLineDocument", [element("ram:LineID", String(index + 1))]),
    element("ram:SpecifiedTradeProduct", [
      optional("ram:SellerAssignedID", line.sku),
      element("ram:Name", line.name),
    ]),
    element("ram:SpecifiedLineTradeAgreement", [
      element("ram:NetPriceProductTradePrice", [element("ram:ChargeAmount", line.unitPrice)]),
    ]),
    element("ram:SpecifiedLineTradeDelivery", [
      element("ram:BilledQuantity", String(line.quantity), { unitCode: pieces }),
    ]),
    element("ram:SpecifiedLineTradeSettlement", [
      element("ram:ApplicableTradeTax", [
        element("ram:TypeCode", "VAT"),
        element("ram:CategoryCode", line.category ?? ""),
        element("ram:RateApplicablePercent", line.ratePercent),
      ]),
      element("ram:SpecifiedTradeSettlementLineMonetarySummation", [
        amount("ram:LineTotalAmount", line.net),
      ]),
    ]),
  ]);
}

function agreement(content: InvoiceContent): XmlElement {
  const { shopOrder, reference } = content;
  return element("ram:ApplicableHeaderTradeAgreement", [
    party("ram:SellerTradeParty", content.seller),
    party("ram:BuyerTradeParty", content.buyer),
    shopOrder
      ? element("ram:SellerOrderReferencedDocument", [element("ram:IssuerAssignedID", reference)])
      : undefined,
    element("ram:BuyerOrderReferencedDocument", [
      element("ram:IssuerAssignedID", shopOrder ?? reference),
    ]),
  ]);
}

function party(name: string, of: ContentParty): XmlElement {
  const { contact, vatId, companyId, email, phone, address } = of;
  return element(name, [
    element("ram:Name", of.name),
    companyId
      ? element("ram:SpecifiedLegalOrganization", [element("ram:ID", companyId)])
      : undefined,
    contact || phone || email
      ? element("ram:DefinedTradeContact", [
          optional("ram:PersonName", contact),
          phone
            ? element("ram:TelephoneUniversalCommunication", [element("ram:CompleteNumber", phone)])
            : undefined,
          email
            ? element("ram:EmailURIUniversalCommunication", [element("ram:URIID", email)])
            : undefined,
        ])
      : undefined,
    addressElement(address),
    email
      ? element("ram:URIUniversalCommunication", [element("ram:URIID", email, { schemeID: "EM" })])
      : undefined,
    vatId
      ? element("ram:SpecifiedTaxRegistration", [element("ram:ID", vatId, { schemeID: "VA" })])
      : undefined,
  ]);
}

function addressElement(address: ContentParty["address"]): XmlElement {
  return element("ram:PostalTradeAddress", [
    optional("ram:PostcodeCode", address.postalCode),
    optional("ram:LineOne", address.line1),
    optional("ram:LineTwo", address.line2),
    optional("ram:CityName", address.city),
    element("ram:CountryID", address.country),
    optional("ram:CountrySubDivisionName", address.state),
  ]);
}

function delivery({ deliverTo, suppliedOn }: InvoiceContent): XmlElement {
  return element("ram:ApplicableHeaderTradeDelivery", [
    element("ram:ShipToTradeParty", [
      element("ram:Name", deliverTo.name),
      addressElement(deliverTo.address),
    ]),
    element("ram:ActualDeliverySupplyChainEvent", [
      element("ram:OccurrenceDateTime", [day("udt:DateTimeString", suppliedOn)]),
    ]),
  ]);
}

function settlement(content: InvoiceContent): XmlElement {
  const { reference, currency, ownCurrency, groups, total, settled, open, corrects } = content;
  return element("ram:ApplicableHeaderTradeSettlement", [
    element("ram:PaymentReference", reference),
    optional("ram:TaxCurrencyCode", ownCurrency?.vat.currency),
    element("ram:InvoiceCurrencyCode", currency),
    element("ram:SpecifiedTradeSettlementPaymentMeans", [element("ram:TypeCode", paidOnline)]),
    ...groups.map((group, index) => taxGroup(content, group, index)),
    element("ram:SpecifiedTradeSettlementHeaderMonetarySummation", [
      amount("ram:LineTotalAmount", total.net),
      amount("ram:TaxBasisTotalAmount", total.net),
      element("ram:TaxTotalAmount", toDecimal(total.vat), { currencyID: currency }),
      ownCurrency &&
        element("ram:TaxTotalAmount", toDecimal(ownCurrency.vat), {
          currencyID: ownCurrency.vat.currency,
        }),
      amount("ram:GrandTotalAmount", total.gross),
      amount("ram:TotalPrepaidAmount", settled),
      amount("ram:DuePayableAmount", open),
    ]),
    corrects &&
      element("ram:InvoiceReferencedDocument", [
        element("ram:IssuerAssignedID", corrects.number),
        element("ram:FormattedIssueDateTime", [day("qdt:DateTimeString", corrects.issuedOn)]),
      ]),
  ]);
}

function taxGroup(
  { exemptionCode, mentions, paidOn, issuedOn }: InvoiceContent,
  group: InvoiceContent["groups"][number],
  index: number,
): XmlElement {
  const isExempt = group.category === "G" || group.category === "K";
  return element("ram:ApplicableTradeTax", [
    amount("ram:CalculatedAmount", group.vat),
    element("ram:TypeCode", "VAT"),
    isExempt ? optional("ram:ExemptionReason", mentions[0]?.text) : undefined,
    amount("ram:BasisAmount", group.net),
    element("ram:CategoryCode", group.category ?? ""),
    isExempt ? optional("ram:ExemptionReasonCode", exemptionCode) : undefined,
    // The document has one, wherever it stands (CII-SR-461).
    index > 0 || exemptionCode || paidOn === issuedOn
      ? undefined
      : element("ram:TaxPointDate", [day("udt:DateString", paidOn)]),
    element("ram:RateApplicablePercent", group.ratePercent),
  ]);
}
