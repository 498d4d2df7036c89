import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMoney, isZero, subtract } from "./format-money.ts";

const say = (minor: string, currency: string) => formatMoney({ minor, currency }, "en-GB");

test("an amount has the decimals of its currency, and no cent is lost", () => {
  assert.equal(say("15963", "EUR"), "€159.63");
  assert.equal(say("5", "EUR"), "€0.05");
  assert.equal(say("-5", "EUR"), "-€0.05");
  assert.equal(say("12900", "JPY"), "JP¥12,900");
  assert.match(say("1234567", "KWD"), /1,234\.567$/);
  assert.match(say("129050", "HUF"), /1,290\.50$/);
  assert.equal(say("900719925474099301", "EUR"), "€9,007,199,254,740,993.01");
});

test("the sum without VAT is exact", () => {
  const net = subtract({ minor: "15963", currency: "EUR" }, { minor: "3244", currency: "EUR" });
  assert.deepEqual(net, { minor: "12719", currency: "EUR" });
  assert.equal(isZero({ minor: "0", currency: "EUR" }), true);
});
