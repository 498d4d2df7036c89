import { countries, goods, shippingCents } from "../../goods.js";
import { stripe } from "../../stripe.js";

/** Prices come from here and never from the browser. Nothing is kept: the paid session is the order. */
export async function POST(request) {
  const form = await request.formData();
  const chosen = goods
    .map((one) => ({ ...one, quantity: Number(form.get(one.id) ?? 0) }))
    .filter(({ quantity }) => Number.isInteger(quantity) && quantity > 0 && quantity <= 20);
  const here = process.env.SHOP_URL ?? new URL(request.url).origin;
  if (chosen.length === 0) return Response.redirect(`${here}/`, 303);
  const session = await stripe().checkout.sessions.create({
    mode: "payment",
    line_items: chosen.map(({ name, cents, metadata, quantity }) => ({
      quantity,
      price_data: {
        currency: "eur",
        unit_amount: cents,
        tax_behavior: "inclusive",
        product_data: { name, metadata },
      },
    })),
    shipping_options: [
      {
        shipping_rate_data: {
          type: "fixed_amount",
          display_name: "PostNord",
          fixed_amount: { amount: shippingCents, currency: "eur" },
          tax_behavior: "inclusive",
        },
      },
    ],
    shipping_address_collection: { allowed_countries: countries },
    phone_number_collection: { enabled: true },
    automatic_tax: { enabled: true },
    success_url: `${here}/thanks?session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${here}/`,
  });
  return Response.redirect(session.url, 303);
}
