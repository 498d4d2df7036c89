// The document as EN 16931 UBL 2.1: Invoice, or CreditNote. BT and BG are the standard's names of its terms.
import { toDecimal } from "../../order/money.ts";
import type { ContentLine, ContentParty, InvoiceContent } from "./invoice-content.ts";
import { element, optional, writeXml, type XmlElement } from "./xml.ts";

const oasis = "urn:oasis:names:specification:ubl:schema:xsd";

export function ublXml(content: InvoiceContent): string {
  const isCredit = content.kind === "credit-note";
  const root = isCredit ? "CreditNote" : "Invoice";
  const { ownCurrency, corrects } = content;
  return writeXml(
    element(
      root,
      [
        element("cbc:CustomizationID", "urn:cen.eu:en16931:2017"),
        element("cbc:ID", content.number),
        element("cbc:IssueDate", content.issuedOn),
        // A credit note has its tax point before its type, an invoice after its notes.
        isCredit ? taxPoint(content) : undefined,
        element(`cbc:${root}TypeCode`, isCredit ? "381" : "380"),
        ...notes(content),
        isCredit ? undefined : taxPoint(content),
        element("cbc:DocumentCurrencyCode", content.currency),
        optional("cbc:TaxCurrencyCode", ownCurrency?.vat.currency),
        element("cac:OrderReference", [
          element("cbc:ID", content.shopOrder ?? content.reference),
          optional("cbc:SalesOrderID", content.shopOrder && content.reference),
        ]),
        corrects &&
          element("cac:BillingReference", [
            element("cac:InvoiceDocumentReference", [
              element("cbc:ID", corrects.number),
              element("cbc:IssueDate", corrects.issuedOn),
            ]),
          ]),
        element("cac:AccountingSupplierParty", [party(content.seller)]),
        element("cac:AccountingCustomerParty", [party(content.buyer)]),
        delivery(content),
        element("cac:PaymentMeans", [
          element("cbc:PaymentMeansCode", paidOnline),
          element("cbc:PaymentID", content.reference),
        ]),
        taxTotal(content),
        ownCurrency && element("cac:TaxTotal", [amount("cbc:TaxAmount", ownCurrency.vat)]),
        totals(content),
        ...content.lines.map((line, index) => lineElement(line, index, isCredit)),
      ],
      {
        xmlns: `${oasis}:${root}-2`,
        "xmlns:cac": `${oasis}:CommonAggregateComponents-2`,
        "xmlns:cbc": `${oasis}:CommonBasicComponents-2`,
      },
    ),
  );
}

/** UNCL 4461: an online payment service. */
export const paidOnline = "68";

const amount = (name: string, money: Parameters<typeof toDecimal>[0]) =>
  element(name, toDecimal(money), { currencyID: money.currency });

const notes = ({ mentions }: InvoiceContent) =>
  mentions.map(({ text }) => element("cbc:Note", text));

/** BT-7. Of exempt sales the state of arrival has its own. */
function taxPoint({ paidOn, issuedOn, exemptionCode }: InvoiceContent): XmlElement | undefined {
  return exemptionCode || paidOn === issuedOn ? undefined : element("cbc:TaxPointDate", paidOn);
}

function party({ name, contact, vatId, companyId, email, phone, address }: ContentParty) {
  return element("cac:Party", [
    optional("cbc:EndpointID", email, { schemeID: "EM" }),
    addressElement("cac:PostalAddress", address),
    vatId
      ? element("cac:PartyTaxScheme", [element("cbc:CompanyID", vatId), vatScheme()])
      : undefined,
    element("cac:PartyLegalEntity", [
      element("cbc:RegistrationName", name),
      optional("cbc:CompanyID", companyId),
    ]),
    contact || phone || email
      ? element("cac:Contact", [
          optional("cbc:Name", contact),
          optional("cbc:Telephone", phone),
          optional("cbc:ElectronicMail", email),
        ])
      : undefined,
  ]);
}

const vatScheme = () => element("cac:TaxScheme", [element("cbc:ID", "VAT")]);

function addressElement(name: string, address: ContentParty["address"]): XmlElement {
  return element(name, [
    optional("cbc:StreetName", address.line1),
    optional("cbc:AdditionalStreetName", address.line2),
    optional("cbc:CityName", address.city),
    optional("cbc:PostalZone", address.postalCode),
    optional("cbc:CountrySubentity", address.state),
    element("cac:Country", [element("cbc:IdentificationCode", address.country)]),
  ]);
}

function delivery({ suppliedOn, deliverTo }: InvoiceContent): XmlElement {
  return element("cac:Delivery", [
    element("cbc:ActualDeliveryDate", suppliedOn),
    element("cac:DeliveryLocation", [addressElement("cac:Address", deliverTo.address)]),
    element("cac:DeliveryParty", [element("cac:PartyName", [element("cbc:Name", deliverTo.name)])]),
  ]);
}

function taxTotal({ total, groups, exemptionCode, mentions }: InvoiceContent): XmlElement {
  return element("cac:TaxTotal", [
    amount("cbc:TaxAmount", total.vat),
    ...groups.map((group) =>
      element("cac:TaxSubtotal", [
        amount("cbc:TaxableAmount", group.net),
        amount("cbc:TaxAmount", group.vat),
        element("cac:TaxCategory", [
          element("cbc:ID", group.category ?? ""),
          element("cbc:Percent", group.ratePercent),
          ...(group.category === "G" || group.category === "K"
            ? [
                optional("cbc:TaxExemptionReasonCode", exemptionCode),
                optional("cbc:TaxExemptionReason", mentions[0]?.text),
              ]
            : []),
          vatScheme(),
        ]),
      ]),
    ),
  ]);
}

function totals({ total, settled, open }: InvoiceContent): XmlElement {
  return element("cac:LegalMonetaryTotal", [
    amount("cbc:LineExtensionAmount", total.net),
    amount("cbc:TaxExclusiveAmount", total.net),
    amount("cbc:TaxInclusiveAmount", total.gross),
    amount("cbc:PrepaidAmount", settled),
    amount("cbc:PayableAmount", open),
  ]);
}

function lineElement(line: ContentLine, index: number, isCredit: boolean): XmlElement {
  return element(isCredit ? "cac:CreditNoteLine" : "cac:InvoiceLine", [
    element("cbc:ID", String(index + 1)),
    element(isCredit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity", String(line.quantity), {
      unitCode: pieces,
    }),
    amount("cbc:LineExtensionAmount", line.net),
    element("cac:Item", [
      element("cbc:Name", line.name),
      line.sku === undefined
        ? undefined
        : element("cac:SellersItemIdentification", [element("cbc:ID", line.sku)]),
      element("cac:ClassifiedTaxCategory", [
        element("cbc:ID", line.category ?? ""),
        element("cbc:Percent", line.ratePercent),
        vatScheme(),
      ]),
    ]),
    element("cac:Price", [
      element("cbc:PriceAmount", line.unitPrice, { currencyID: line.net.currency }),
    ]),
  ]);
}

/** UN/ECE Recommendation 20: one. */
export const pieces = "C62";
