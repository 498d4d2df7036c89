import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { toDecimal } from "../../order/money.ts";
import { fromStripe } from "./stripe-amount.ts";

const cases: readonly (readonly [amount: number, currency: string, decimal: string])[] = [
  [15963, "eur", "159.63"],
  [1000, "jpy", "1000"],
  [1000, "krw", "1000"],
  [1000, "clp", "1000"],
  [500, "isk", "5"],
  [500, "ugx", "5"],
  // Malagasy ariary: whole units at Stripe, two decimals in ISO 4217.
  [5, "mga", "5.00"],
  [12345, "huf", "123.45"],
  [80045, "twd", "800.45"],
  [5120, "kwd", "5.120"],
  [1, "bhd", "0.001"],
  [9_999_999_999, "idr", "99999999.99"],
];

for (const [amount, currency, decimal] of cases) {
  test(`Stripe's ${amount} ${currency} are ${decimal}`, () => {
    assert.equal(toDecimal(fromStripe(amount, currency)), decimal);
  });
}

test("half a krona is no amount that a person should see", () => {
  assert.throws(
    () => fromStripe(550, "isk"),
    (error) => error instanceof ActionError && error.failure.cause === "order.amounts_differ",
  );
});
