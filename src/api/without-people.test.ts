import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPeople } from "./without-people.ts";

const shown = (value: unknown) =>
  JSON.stringify(withoutPeople(new TextEncoder().encode(JSON.stringify(value))));

test("an event is shown by its shape, its ids, amounts and codes, and whom it is about is not", () => {
  const event = {
    id: "evt_1",
    type: "checkout.session.completed",
    created: 1_796_000_000,
    data: {
      object: {
        id: "cs_test_1",
        amount_total: 15963,
        currency: "eur",
        payment_status: "paid",
        customer: "cus_123",
        customer_details: {
          name: "Example Buyer",
          email: "buyer@example.com",
          phone: "+358401234567",
          address: { line1: "Mannerheimintie 12", city: "Helsinki", postal_code: "00100" },
          tax_ids: [{ type: "eu_vat", value: "FI12345671" }],
        },
        collected_information: { shipping_details: { name: "Receiver" } },
        billing_details: { zip: "00100" },
        custom_fields: [{ key: "engraving", text: { value: "Love" } }],
        metadata: { note: "door-code-1234" },
        receipt_url: "https://pay.stripe.com/receipts/x",
        client_secret: "pi_1_secret_2",
        payment_method_details: { type: "card" },
      },
    },
  };
  const text = shown(event);
  for (const kept of ["evt_1", "checkout.session.completed", "cs_test_1", "15963", "eur", "paid"]) {
    assert.ok(text.includes(kept), kept);
  }
  assert.ok(text.includes('"payment_method_details":{"type":"card"}'));
  const person =
    /Buyer|buyer@|358401|Mannerheim|Helsinki|00100|FI1234|Receiver|Love|door-code|receipts|_secret_|cus_123/;
  assert.doesNotMatch(text, person);
});

test("what people wrote is hidden wherever it stands, and where it looks like a code", () => {
  const text = shown({ note: "Leave it at the door", nested: [{ anything: "two words" }] });
  assert.doesNotMatch(text, /door|two words/);
  assert.doesNotMatch(shown({ shipping: { carrier: "Virtanen" }, ip: "192.0.2.1" }), /Virt|192/);
});

test("what is no JSON is not shown at all", () => {
  assert.equal(withoutPeople(new TextEncoder().encode("Example Buyer")), undefined);
});
