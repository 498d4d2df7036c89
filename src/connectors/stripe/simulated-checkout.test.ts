import assert from "node:assert/strict";
import { test } from "node:test";
import Stripe from "stripe";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { stripeUnderTest } from "./shop-for-tests.ts";

const buyer = {
  email: "shopper@example.com",
  name: "Testi Ostäjä",
  line1: "Hämeenkatu 10 B 4",
  postalCode: "33100",
  city: "Tampere",
  country: "FI",
};

async function shop() {
  const { simulator } = stripeUnderTest();
  const { url, close } = await serveSimulator(simulator, 24_100);
  const { hostname, port } = new URL(url);
  const key = simulator.secrets.secretKey ?? "";
  const stripe = new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
  const create = () =>
    stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        {
          quantity: 2,
          price_data: {
            currency: "eur",
            unit_amount: 4990,
            tax_behavior: "inclusive",
            product_data: { name: "Curtain", metadata: { sku: "CUR", weight_g: "1350" } },
          },
        },
      ],
      shipping_address_collection: { allowed_countries: ["FI", "SE"] },
      success_url: "https://shop.example.com/thanks?id={CHECKOUT_SESSION_ID}",
    });
  return { simulator, stripe, create, close };
}

test("a session that the official client made is paid on its page, once, and is read as paid", async () => {
  const { simulator, stripe, create, close } = await shop();
  try {
    const session = await create();
    assert.deepEqual(
      [session.status, session.payment_status, session.amount_total],
      ["open", "unpaid", 9980],
    );
    const page = await (await fetch(session.url ?? "")).text();
    assert.match(page, /Pay 99\.80 EUR/);
    const pay = () =>
      fetch(session.url ?? "", {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams(buyer),
      });
    for (const { headers } of [await pay(), await pay()]) {
      assert.equal(headers.get("location"), `https://shop.example.com/thanks?id=${session.id}`);
    }
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items"] });
    assert.equal(paid.payment_status, "paid");
    assert.equal(paid.line_items?.data[0]?.quantity, 2);
    assert.equal(paid.total_details?.amount_tax, 2028, "25.5 % is in it");
    assert.equal(simulator.records().length, 1);
  } finally {
    await close();
  }
});

test("a buyer who leaves out the street stays on the page, and a session without lines is refused", async () => {
  const { simulator, stripe, create, close } = await shop();
  try {
    const session = await create();
    const { line1: _, ...rest } = buyer;
    const answer = await fetch(session.url ?? "", {
      method: "POST",
      body: new URLSearchParams(rest),
    });
    assert.equal(answer.status, 400);
    assert.equal(simulator.records().length, 0);
    const noLines = stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "https://a.example",
    });
    await assert.rejects(noLines, /Missing required param: line_items/);
  } finally {
    await close();
  }
});
