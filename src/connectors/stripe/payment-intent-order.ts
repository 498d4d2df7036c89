// A PaymentIntent without a Checkout Session, as an Order: lines come from its amount_details.
import { ActionError } from "../../connector-kit/action-error.ts";
import { add, allocate, type Money, money, subtract } from "../../order/money.ts";
import type { Order, OrderLine, Shipping } from "../../order/order.ts";
import { referenceFor } from "../../order/reference.ts";
import { cleanText } from "./clean-text.ts";
import { completeOrder } from "./complete-order.ts";
import { mergedMetadata } from "./merged-metadata.ts";
import { orderLocale } from "./order-locale.ts";
import { partyOf, shipToOf, type Written, withoutGaps } from "./party.ts";
import { paidAtOf, paymentNotes, shopOrderOf } from "./payment-facts.ts";
import { expanded, type IntentLine, idOf, type PaymentIntent } from "./payment-schema.ts";
import type { Origin } from "./session-order.ts";
import { fromStripe } from "./stripe-amount.ts";
import type { ReadingRules } from "./stripe-options.ts";

export function paymentIntentOrder(
  intent: PaymentIntent,
  items: readonly IntentLine[],
  origin: Origin,
  rules: ReadingRules,
): Order {
  const currency = intent.currency.toUpperCase();
  const charge = expanded(intent.latest_charge);
  const metadata = mergedMetadata(intent.metadata);
  const shopOrder = shopOrderOf(metadata, rules, intent, undefined);
  const reference = referenceFor(intent.id);
  const buyer = partyOf(writtenBuyer(intent));
  const { shipTo, notes } = shipToOf([intent.shipping, charge?.shipping], buyer);
  const charged =
    items.length > 0
      ? chargedLines(intent, items)
      : onlyLine(intent, rules, shopOrder ?? reference);
  const taxId = cleanText(charge?.billing_details.tax_id, 100);
  const order: Order = {
    reference,
    store: origin.store,
    payment: withoutGaps({
      provider: "stripe",
      object: intent.id,
      paymentIntent: intent.id,
      charge: idOf(intent.latest_charge),
      account: origin.account,
      livemode: intent.livemode,
    }),
    shopOrder,
    paidAt: paidAtOf(charge, origin.eventAt),
    currency,
    ...charged,
    total: fromStripe(intent.amount, currency),
    taxSource: charged.tax.minor === 0n ? "none" : "sum",
    buyer,
    shipTo,
    taxIds: taxId ? [{ type: "unknown", value: taxId }] : [],
    locale: orderLocale(
      {
        metadata: metadata[rules.localeMetadataKey],
        session: undefined,
        customer: expanded(intent.customer)?.preferred_locales?.[0],
        shippingCountry: shipTo.address?.country,
      },
      rules.defaultLocale,
    ),
    customFields: {},
    metadata,
    notes: [...notes, ...paymentNotes(charge, currency)],
  };
  return completeOrder(order, fromStripe(intent.amount_received, currency));
}

function writtenBuyer(intent: PaymentIntent): Written {
  const billing = expanded(intent.latest_charge)?.billing_details;
  const customer = expanded(intent.customer);
  return {
    name: billing?.name ?? intent.shipping?.name,
    email: intent.receipt_email ?? billing?.email ?? customer?.email,
    phone: billing?.phone ?? intent.shipping?.phone ?? customer?.phone,
    address: billing?.address,
  };
}

type Charged = Pick<Order, "lines" | "discount" | "tax"> & { readonly shipping?: Shipping };

/**
 * Costs are before tax. Discount and tax stand either on the lines or only as sums; sums are spread
 * by value, shipping taking its share of the tax.
 */
function chargedLines(intent: PaymentIntent, items: readonly IntentLine[]): Charged {
  const amount = (value: number | null | undefined) => fromStripe(value ?? 0, intent.currency);
  const details = intent.amount_details;
  const subtotals = items.map((item) => amount(item.unit_cost * item.quantity));
  const ownDiscounts = items.map((item) => amount(item.discount_amount));
  const spreadDiscounts = spread(amount(details?.discount_amount), subtotals);
  const discounts = ownDiscounts.map((own, i) => plus(own, spreadDiscounts[i]));
  const nets = subtotals.map((subtotal, i) => subtract(subtotal, discounts[i] ?? amount(0)));
  const shippingNet = amount(details?.shipping?.amount);
  const ownTaxes = items.map((item) => amount(item.tax?.total_tax_amount));
  const spreadTaxes = spread(amount(details?.tax?.total_tax_amount), [...nets, shippingNet]);
  const taxes = ownTaxes.map((own, i) => plus(own, spreadTaxes[i]));
  const shippingTax = spreadTaxes[items.length] ?? amount(0);
  const zero = amount(0);
  const lines = items.map((item, i): OrderLine => {
    const tax = taxes[i] ?? zero;
    return {
      id: item.id,
      description: cleanText(item.product_name, 2000) ?? "Item",
      sku: cleanText(item.product_code, 200),
      quantity: item.quantity,
      subtotal: subtotals[i] ?? zero,
      discount: discounts[i] ?? zero,
      tax,
      total: add(nets[i] ?? zero, tax),
      // Stripe gives amounts here, but no rates.
      taxes: [],
    };
  });
  const shipping = {
    description: "Shipping",
    tax: shippingTax,
    total: add(shippingNet, shippingTax),
    taxes: [],
  };
  return {
    lines,
    ...(details?.shipping?.amount == null ? {} : { shipping }),
    discount: discounts.reduce(add, zero),
    tax: taxes.reduce(add, shippingTax),
  };
}

function onlyLine(intent: PaymentIntent, rules: ReadingRules, name: string): Charged {
  if (rules.syntheticLine === "refuse") {
    const message =
      `PaymentIntent ${intent.id} has neither a Checkout Session nor line items. ` +
      "Send amount_details.line_items with it, or allow syntheticLine in the configuration.";
    throw new ActionError("permanent", message, { cause: "order.unsupported" });
  }
  const amount = (value: number | null | undefined) => fromStripe(value ?? 0, intent.currency);
  const total = amount(intent.amount);
  const tax = amount(intent.amount_details?.tax?.total_tax_amount);
  const discount = amount(intent.amount_details?.discount_amount);
  const line: OrderLine = {
    id: `${intent.id}_all`,
    description: `Order ${name}`.slice(0, 2000),
    quantity: 1,
    subtotal: add(subtract(total, tax), discount),
    discount,
    tax,
    total,
    taxes: [],
  };
  return { lines: [line], discount, tax };
}

function plus(a: Money, b: Money | undefined): Money {
  return b ? add(a, b) : a;
}

/** `amount` over parts by their value; evenly when all of them are free. */
function spread(amount: Money, parts: readonly Money[]): Money[] {
  if (amount.minor === 0n) return parts.map(() => money(0, amount.currency));
  const weights = parts.map((part) => (part.minor > 0n ? part.minor : 0n));
  const isAllFree = weights.every((weight) => weight === 0n);
  return allocate(amount, isAllFree ? parts.map(() => 1n) : weights);
}
