import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { toDecimal } from "../../order/money.ts";
import { providerExponentOf } from "../../order/provider-exponent.ts";
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

const kinds = [
  ["BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF", 0],
  ["BHD JOD KWD OMR TND", 3],
  // ISK and UGX have no decimals and are sent times 100 all the same; HUF and TWD lack them only in payouts.
  ["ISK UGX HUF TWD EUR SEK USD IDR", 2],
] as const;

for (const [currencies, digits] of kinds) {
  test(`Stripe counts ${digits} decimals in ${currencies}`, () => {
    for (const currency of currencies.split(" ")) {
      const amount = 12_300 * 10 ** digits;
      const decimal = toDecimal(fromStripe(amount, currency.toLowerCase()));
      assert.equal(Number(decimal), 12_300, currency);
      assert.equal(providerExponentOf("stripe", currency), digits, currency);
    }
  });
}

test("half a krona is no amount that a person should see", () => {
  assert.throws(
    () => fromStripe(550, "isk"),
    (error) => error instanceof ActionError && error.failure.cause === "order.amounts_differ",
  );
});
