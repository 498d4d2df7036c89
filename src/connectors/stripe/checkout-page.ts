import { html } from "hono/html";

interface Totals {
  readonly amount_total: number;
}

/** Where a shopper pays in the sandbox. It says that it is no real one. */
export async function checkoutPage(
  { amount_total }: Totals,
  currency: string,
  countries: readonly string[],
  status: 200 | 400 = 200,
): Promise<Response> {
  const field = (name: string, label: string, type = "text") =>
    html`<p><label>${label}<br /><input name="${name}" type="${type}" required maxlength="200" /></label></p>`;
  const options = (countries.length > 0 ? countries : ["FI"]).map(
    (country) => html`<option>${country}</option>`,
  );
  const page = html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Simulated Checkout</title></head>
  <body style="font-family:system-ui;max-width:28rem;margin:3rem auto">
    <h1>Simulated Checkout</h1>
    <p>Nothing is charged: this page stands in for Stripe's.</p>
    ${status === 400 ? html`<p role="alert">Something is missing or does not fit.</p>` : ""}
    <form method="post">
      ${field("email", "E-mail", "email")} ${field("name", "Name")} ${field("phone", "Telephone", "tel")}
      ${field("line1", "Street")} ${field("postalCode", "Postal code")} ${field("city", "City")}
      <p><label>Country<br /><select name="country">${options}</select></label></p>
      <button type="submit">Pay ${(amount_total / 100).toFixed(2)} ${currency.toUpperCase()}</button>
    </form>
  </body>
</html>`;
  return new Response(String(await page), {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
