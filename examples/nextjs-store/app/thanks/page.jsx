import { stripe } from "../../stripe.js";

export default async function Thanks({ searchParams }) {
  const { session_id: id = "" } = await searchParams;
  const session = await stripe().checkout.sessions.retrieve(String(id));
  return (
    <main>
      <h1>Thank you</h1>
      <p>
        {session.payment_status === "paid"
          ? `We got ${(session.amount_total / 100).toFixed(2)} ${session.currency.toUpperCase()}. An e-mail is on its way.`
          : "Your payment is not through yet. We write as soon as it is."}
      </p>
    </main>
  );
}
