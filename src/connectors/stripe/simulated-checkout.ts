// Checkout as a shop meets it: a session is made, somebody pays on a page, and the browser comes back. The page is not
// Stripe's: it asks for what Stripe's would, and its answer is the payment of payments.ts.
// https://docs.stripe.com/api/checkout/sessions/create
import { createHash } from "node:crypto";
import { z } from "zod";
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import { rateOn } from "../../tax/rate-on.ts";
import { checkoutPage } from "./checkout-page.ts";
import type { PaymentSpec, SimulatedLine } from "./payment-spec.ts";
import { template } from "./payment-template.ts";
import { simulatedPayment } from "./payments.ts";
import { badRequest, missing } from "./simulated-answer.ts";
import type { SimulatedPayment } from "./simulated-payment.ts";
import type { SimulatedStore } from "./simulated-store.ts";
import type { StripeObject } from "./stripe-object.ts";

interface OpenCheckout {
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly at: string;
}

export interface SimulatedCheckout {
  /** The answer to POST /v1/checkout/sessions. */
  open(form: URLSearchParams, origin: string): StripeObject;
  /** A session that nobody has paid yet. */
  find(id: string): StripeObject | undefined;
  /** The page that its `url` leads to; undefined for other addresses. */
  page(request: Request): Promise<Response | undefined>;
}

const path = /^\/simulated-checkout\/(\w{1,60})$/;

export function simulatedCheckout(
  kit: SimulatorKit,
  store: SimulatedStore,
  record: (payment: SimulatedPayment) => void,
): SimulatedCheckout {
  const opened = kit.collection<OpenCheckout>("stripe-checkouts");

  function session({ id, params, at }: OpenCheckout, origin?: string): StripeObject {
    return {
      ...template.session,
      id: `cs_test_${id}`,
      created: Math.floor(Date.parse(at) / 1000),
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      customer: null,
      customer_details: null,
      collected_information: null,
      currency: currencyOf(params),
      ...totalsOf(params),
      url: origin ? `${origin}/simulated-checkout/${id}` : null,
      success_url: params.success_url ?? null,
      cancel_url: params.cancel_url ?? null,
    };
  }

  return {
    open(form, origin) {
      const params = Object.fromEntries(form);
      refuseWrong(params);
      const seed = `${opened.size} ${form.toString()}`;
      const id = createHash("sha256").update(seed).digest("hex").slice(0, 24);
      const checkout = { id, params, at: kit.now().toISOString() };
      opened.set(id, checkout);
      return session(checkout, origin);
    },
    find(id) {
      const checkout = opened.get(id.replace(/^cs_test_/, ""));
      return checkout && session(checkout);
    },
    async page(request) {
      const id = path.exec(new URL(request.url).pathname)?.[1];
      if (id === undefined) return undefined;
      const checkout = opened.get(id);
      if (!checkout) throw missing("checkout.session", id, "session");
      const { params } = checkout;
      if (store.find(`cs_test_${id}`)) return back(checkout);
      const countries = listOf(params, "shipping_address_collection[allowed_countries]");
      if (request.method !== "POST")
        return checkoutPage(totalsOf(params), currencyOf(params), countries);
      const buyer = buyerSchema.safeParse(
        Object.fromEntries(new URLSearchParams(await request.text())),
      );
      if (!buyer.success) return checkoutPage(totalsOf(params), currencyOf(params), countries, 400);
      record(simulatedPayment(paymentOf(checkout, buyer.data, kit.now())));
      return back(checkout);
    },
  };
}

const text = z.string().trim().min(1).max(200);
const buyerSchema = z.object({
  email: z.email(),
  name: text,
  phone: z.string().trim().max(30).optional(),
  line1: text,
  postalCode: text,
  city: text,
  country: z.string().regex(/^[A-Z]{2}$/),
});

function back({ id, params }: OpenCheckout): Response {
  const url = (params.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", `cs_test_${id}`);
  return new Response(null, { status: 303, headers: { location: url } });
}

function paymentOf(
  { id, params }: OpenCheckout,
  { email, name, phone, country, ...address }: z.infer<typeof buyerSchema>,
  now: Date,
): PaymentSpec {
  const rate = rateOn(now.toISOString().slice(0, 10), country, "standard");
  return {
    id,
    kind: "checkout",
    country,
    locale: params.locale ?? "auto",
    currency: currencyOf(params),
    // What Stripe Tax would add for a shop that is registered there.
    vatPercent: rate ? Number(rate.ratePercent) : 0,
    vatInclusive: params["line_items[0][price_data][tax_behavior]"] !== "exclusive",
    buyer: { email, name, ...(phone ? { phone } : {}), address },
    lines: linesOf(params),
    shippingAmount: shippingOf(params),
    metadata: metadataIn(params, "metadata"),
    createdAt: now,
  };
}

type Params = Readonly<Record<string, string>>;

function refuseWrong(params: Params): void {
  const need = (param: string) => {
    if (params[param]) return;
    throw badRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  };
  if (params.mode !== "payment") {
    throw badRequest('This simulator knows `mode: "payment"` only.', { param: "mode" });
  }
  need("success_url");
  need("line_items[0][quantity]");
  for (const { unitAmount, quantity } of linesOf(params)) {
    const isWhole =
      Number.isSafeInteger(unitAmount) && unitAmount >= 0 && Number.isSafeInteger(quantity);
    if (!isWhole || quantity < 1) {
      throw badRequest("Invalid integer", {
        code: "parameter_invalid_integer",
        param: "line_items",
      });
    }
  }
}

function linesOf(params: Params): readonly SimulatedLine[] {
  const lines: SimulatedLine[] = [];
  for (let at = 0; params[`line_items[${at}][quantity]`] !== undefined; at++) {
    const price = `line_items[${at}][price_data]`;
    const {
      sku = `line-${at + 1}`,
      weight_g = "0",
      hs_code,
    } = metadataIn(params, `${price}[product_data][metadata]`);
    lines.push({
      description: params[`${price}[product_data][name]`] ?? sku,
      sku,
      unitAmount: Number(params[`${price}[unit_amount]`]),
      quantity: Number(params[`line_items[${at}][quantity]`]),
      weightGrams: Number(weight_g),
      ...(hs_code ? { hsCode: hs_code } : {}),
    });
  }
  return lines;
}

const shippingOf = (params: Params) =>
  Number(params["shipping_options[0][shipping_rate_data][fixed_amount][amount]"] ?? 0);

const currencyOf = (params: Params) => params["line_items[0][price_data][currency]"] ?? "eur";

function totalsOf(params: Params) {
  const goods = linesOf(params).reduce((sum, line) => sum + line.unitAmount * line.quantity, 0);
  return { amount_subtotal: goods, amount_total: goods + shippingOf(params) };
}

function metadataIn(params: Params, prefix: string): Readonly<Record<string, string>> {
  const found = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const inside = name.startsWith(`${prefix}[`)
      ? /^\[(\w+)\]$/.exec(name.slice(prefix.length))
      : null;
    return inside?.[1] ? [[inside[1], value]] : [];
  });
  return Object.fromEntries(found);
}

/** `name[0]`, `name[1]` and so on. */
const listOf = (params: Params, name: string) =>
  Object.entries(params).flatMap(([key, value]) => (key.startsWith(`${name}[`) ? [value] : []));
