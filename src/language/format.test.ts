import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../order/money.ts";
import { formatDate } from "./format-date.ts";
import { formatMoney } from "./format-money.ts";

const plain = (text: string) => text.replace(/[\u00A0\u202F]/gu, " ");

test("an amount shows all the decimals of its currency, also where Intl would drop them", () => {
  assert.equal(plain(formatMoney(money(15963, "EUR"), "fi")), "159,63 €");
  assert.equal(plain(formatMoney(money(123456750, "HUF"), "hu")), "1 234 567,50 Ft");
  assert.equal(formatMoney(money(1500, "JPY"), "en"), "¥1,500");
  assert.equal(plain(formatMoney(money(1500, "KWD"), "en")), "KWD 1.500");
  assert.equal(plain(formatMoney(money(1500, "ISK"), "is")), "1.500 kr.");
  assert.match(formatMoney(money(1500, "KWD"), "ar"), /1\.500/);
  assert.equal(formatMoney(money(-5, "EUR"), "en"), "-€0.05");
});

test("an amount larger than a float can hold is exact", () => {
  assert.equal(formatMoney(money(900719925474099301n, "EUR"), "en"), "€9,007,199,254,740,993.01");
});

test("the day is that of the shop's wall, and the year is the invoice's", () => {
  const lateEvening = "2026-11-16T23:30:00Z";
  assert.equal(formatDate(lateEvening, "fi", "Europe/Helsinki"), "17. marraskuuta 2026");
  assert.equal(formatDate(lateEvening, "de", "UTC"), "16. November 2026");
  assert.match(formatDate(lateEvening, "ar-SA", "UTC"), /2026|٢٠٢٦/);
});

test("an amount without letters carries no mark that tears its sign away in a letter from right to left", () => {
  for (const locale of ["he", "ar"]) {
    for (const currency of ["EUR", "ILS", "JPY"]) {
      assert.doesNotMatch(formatMoney(money(7981, currency), locale), /[\u200E\u200F\u061C]/);
    }
  }
});
