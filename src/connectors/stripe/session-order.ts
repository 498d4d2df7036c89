// A paid Checkout Session with all its line items, as an Order.
import type { Money } from "../../order/money.ts";
import type { LineTax, Order, OrderLine, Shipping } from "../../order/order.ts";
import { referenceFor } from "../../order/reference.ts";
import { cleanText } from "./clean-text.ts";
import { completeOrder, written } from "./complete-order.ts";
import { itemFacts } from "./item-facts.ts";
import { mergedMetadata } from "./merged-metadata.ts";
import { orderLocale } from "./order-locale.ts";
import { partyOf, shipToOf, withoutGaps } from "./party.ts";
import { paidAtOf, paymentNotes, shopOrderOf } from "./payment-facts.ts";
import { expanded, idOf } from "./payment-schema.ts";
import type { ItemTax, LineItem, Session } from "./session-schema.ts";
import { fromStripe } from "./stripe-amount.ts";
import type { ReadingRules } from "./stripe-options.ts";

export interface Origin {
  readonly store: string;
  /** The connected account, if it was paid on one. */
  readonly account?: string | undefined;
  readonly eventAt: string;
}

export function sessionOrder(
  session: Session & { readonly currency: string },
  items: readonly LineItem[],
  origin: Origin,
  rules: ReadingRules,
): Order {
  const currency = session.currency.toUpperCase();
  const amount = (value: number | null | undefined) => fromStripe(value ?? 0, currency);
  const intent = expanded(session.payment_intent);
  const charge = expanded(intent?.latest_charge);
  const customer = expanded(session.customer);
  const metadata = mergedMetadata(intent?.metadata, session.metadata);
  const buyer = partyOf(writtenBuyer(session));
  const { shipTo, notes } = shipToOf(
    [session.collected_information?.shipping_details, intent?.shipping],
    buyer,
  );
  const lines = items.map((item) => lineOf(item, amount));
  const shipping = shippingOf(session, amount);
  const tax = amount(session.total_details?.amount_tax);
  const order: Order = {
    reference: referenceFor(session.id),
    store: origin.store,
    payment: withoutGaps({
      provider: "stripe",
      object: session.id,
      paymentIntent: idOf(session.payment_intent),
      charge: idOf(intent?.latest_charge),
      account: origin.account,
      livemode: session.livemode,
    }),
    shopOrder: shopOrderOf(metadata, rules, intent, session.client_reference_id),
    paidAt: paidAtOf(charge, origin.eventAt),
    currency,
    lines,
    ...(shipping ? { shipping } : {}),
    discount: amount(session.total_details?.amount_discount),
    tax,
    total: amount(session.amount_total),
    taxSource: taxSourceOf([...lines, ...(shipping ? [shipping] : [])], tax),
    buyer,
    shipTo,
    taxIds: taxIdsOf(session),
    locale: orderLocale(
      {
        metadata: metadata[rules.localeMetadataKey],
        session: session.locale,
        customer: customer?.preferred_locales?.[0],
        shippingCountry: shipTo.address?.country,
      },
      rules.defaultLocale,
    ),
    customFields: customFieldsOf(session),
    metadata,
    notes: [...notes, ...paymentNotes(charge, currency), ...sessionNotes(session)],
  };
  const received =
    intent?.currency === session.currency ? amount(intent.amount_received) : undefined;
  return completeOrder(order, received);
}

function writtenBuyer(session: Session) {
  const details = session.customer_details;
  const company = details?.business_name ?? session.collected_information?.business_name;
  const person = details?.individual_name ?? session.collected_information?.individual_name;
  return {
    // Stripe repeats a company's name as `name`; nobody is called that.
    name: person ?? (details?.name === company ? undefined : details?.name),
    company,
    email: details?.email ?? expanded(session.customer)?.email,
    phone: details?.phone ?? expanded(session.customer)?.phone,
    address: details?.address,
  };
}

type ToMoney = (value: number | null | undefined) => Money;

function lineOf(item: LineItem, amount: ToMoney): OrderLine {
  const product = expanded(item.price?.product);
  return {
    id: item.id,
    // Stripe's snapshot of the product's name when it was bought.
    description: cleanText(item.description, 2000) ?? cleanText(product?.name, 2000) ?? "Item",
    quantity: item.quantity ?? 1,
    subtotal: amount(item.amount_subtotal),
    discount: amount(item.amount_discount),
    tax: amount(item.amount_tax),
    total: amount(item.amount_total),
    taxes: (item.taxes ?? []).map((tax) => lineTaxOf(tax, amount)),
    ...itemFacts(mergedMetadata(product?.metadata, item.metadata)),
  };
}

function shippingOf(session: Session, amount: ToMoney): Shipping | undefined {
  const cost = session.shipping_cost;
  if (!cost) return undefined;
  return {
    description: cleanText(expanded(cost.shipping_rate)?.display_name, 500) ?? "Shipping",
    tax: amount(cost.amount_tax),
    total: amount(cost.amount_total),
    taxes: (cost.taxes ?? []).map((tax) => lineTaxOf(tax, amount)),
  };
}

function lineTaxOf(tax: ItemTax, amount: ToMoney): LineTax {
  // The effective rate is the one that was used; a reverse charge keeps the country's rate in
  // `percentage`.
  const percent = tax.rate.effective_percentage ?? tax.rate.percentage;
  return {
    ratePercent: percent.toFixed(4).replace(/\.?0+$/, ""),
    amount: amount(tax.amount),
    country: cleanText(tax.rate.country, 2),
    reason: cleanText(tax.taxability_reason, 100),
  };
}

function taxSourceOf(
  charged: readonly { readonly taxes: readonly LineTax[] }[],
  tax: Money,
): Order["taxSource"] {
  if (charged.some(({ taxes }) => taxes.length > 0)) return "lines";
  return tax.minor === 0n ? "none" : "sum";
}

function taxIdsOf(session: Session): { type: string; value: string }[] {
  return (session.customer_details?.tax_ids ?? []).flatMap((taxId) => {
    const value = cleanText(taxId.value, 100);
    return value ? [{ type: cleanText(taxId.type, 50) ?? "unknown", value }] : [];
  });
}

function customFieldsOf(session: Session): Record<string, string> {
  const fields = (session.custom_fields ?? []).map((field) => {
    const value = field.text?.value ?? field.numeric?.value ?? field.dropdown?.value;
    return [field.key, value ?? ""] as const;
  });
  return mergedMetadata(Object.fromEntries(fields.filter(([, value]) => value !== "")));
}

function sessionNotes(session: Session): string[] {
  const notes: string[] = [];
  const seen = session.presentment_details;
  if (seen) {
    const shown = fromStripe(seen.presentment_amount, seen.presentment_currency);
    notes.push(`The buyer saw and paid ${written(shown)}.`);
  }
  const invoice = idOf(session.invoice);
  if (invoice) notes.push(`Stripe itself made invoice ${invoice} for this payment.`);
  return notes;
}
