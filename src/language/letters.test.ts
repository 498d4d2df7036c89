// The six letters, in every language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../order/money.ts";
import { languages } from "./catalogue.ts";
import { composeDelay } from "./delay.ts";
import { anOrder, currencyOf, lettersIn, lettersOf, shop } from "./letters-for-tests.ts";
import { composeRefund } from "./refund.ts";

const plain = (value: unknown) => String(value).replace(/[\u00A0\u202F]/gu, " ");
const bare = (value: unknown) => plain(value).replace(/[\u2066-\u2069]/gu, "");
const inLocale = (tag: string) => anOrder({ locale: { tag, source: "session" } });

for (const language of languages) {
  test(`all six letters in ${language} are whole and have no markup of their own`, () => {
    const letters = lettersIn(language);
    assert.equal(new Set(letters.map(({ template }) => template)).size, 6);
    assert.equal(new Set(letters.map(({ subject }) => subject)).size, 6);
    for (const { template, locale, subject, variables } of letters) {
      assert.equal(locale, language, template);
      assert.match(subject, /PK-10482.*Example Shop$|Example Shop/, template);
      assert.match(subject, /PK-10482/, template);
      for (const [, text = ""] of JSON.stringify(variables).matchAll(/"([^"]*)"/g)) {
        assert.doesNotMatch(text, /[<>{}]|undefined|NaN|Invalid/, template);
      }
      for (const name of ["title", "greeting", "text", "closing"]) {
        assert.ok(variables[name], `${name} of ${template}`);
      }
    }
  });
}

test("the subject of no letter names the customer or an address, whatever they are called", () => {
  for (const { subject } of lettersIn("fi")) {
    assert.doesNotMatch(subject, /Buyer|Mannerheim|Helsinki|@|\+358|[\u2066-\u2069]/);
  }
});

test("a parcel on its way is told with its number, its goods and its address", () => {
  const { variables: v } = lettersOf(inLocale("pl"))["order-shipped"];
  assert.equal(v.title, "Twoje zamówienie jest w drodze");
  assert.equal(v.tracking_number, "00370000000000000001");
  assert.equal(v.items?.length, 2);
  assert.equal(v.address?.length, 4);
  assert.equal(v.total_amount, "", "what was paid stands in the confirmation");
});

test("a delay tells the new day as the shop's wall says, and the person's own words", () => {
  const order = inLocale("en-GB");
  const delay = (expectedAt: string | undefined, note?: string) =>
    composeDelay(order, { ...shop, expectedAt, note }).variables;
  const days = (v: ReturnType<typeof delay>) => JSON.stringify(v.details);
  assert.match(days(delay("2026-11-30")), /New estimated dispatch date.*30 November 2026/);
  assert.match(days(delay("2026-11-30T23:30:00Z")), /1 December 2026/);
  assert.doesNotMatch(days(delay(undefined)), /dispatch/);
  const noted = delay(undefined, "Kangas on\r\nloppu <b>");
  assert.equal(noted.note, "Kangas on loppu <b>");
  assert.equal(delay(undefined, "אזל המלאי").note_flow, "rtl");
});

test("a refund tells what goes back, with the decimals of its currency, and until when", () => {
  const refund = (minor: number, currency: string, tag = "en") =>
    composeRefund(inLocale(tag), { ...shop, amount: money(minor, currency) }).variables;
  const told = (v: ReturnType<typeof refund>) => bare(JSON.stringify([v.text, v.details, v.notes]));
  assert.match(
    told(refund(7981, "EUR")),
    /refunded €79\.81 .*Refunded.*€79\.81.*within 10 business days/,
  );
  assert.match(told(refund(7981, "JPY")), /¥7,981 /);
  assert.match(told(refund(7980, "KWD")), /KWD 7\.980/);
  assert.match(told(refund(7981, "HUF", "hu")), /79,81 Ft/);
  assert.match(told(refund(7981, "ISK", "is")), /7\.981 kr\./);
  assert.doesNotMatch(told(refund(7981, "EUR")), /Credit note/);
  assert.throws(() => refund(0, "EUR"), RangeError);
});

test("days and further goods are counted as each grammar counts", () => {
  const daysIn = (tag: string, days: number) => {
    const order = inLocale(tag);
    const { notes } = composeRefund(order, { ...shop, amount: order.total, days }).variables;
    return plain(JSON.stringify(notes));
  };
  assert.match(daysIn("pl", 1), /1 dnia roboczego/);
  assert.match(daysIn("pl", 5), /5 dni roboczych/);
  assert.match(daysIn("sl", 2), /2 delovnih dneh/);
  assert.match(daysIn("lt", 21), /21 darbo dieną/);
  assert.match(daysIn("lt", 10), /10 darbo dienų/);
  assert.match(daysIn("ar", 2), /يومَي عمل/);
  assert.match(daysIn("mt", 11), /11-il jum/);
  assert.match(daysIn("ga", 7), /7 lá oibre/);
});

test("in a letter from right to left every name, number and amount keeps its own direction", () => {
  const order = anOrder({ locale: { tag: "he", source: "session" } }, currencyOf("he"));
  const { variables: v } = lettersOf(order)["order-refund"];
  assert.equal(v.greeting, "שלום \u2068Example Buyer\u2069,");
  assert.match(plain(v.text), /\u206879\.81 ₪\u2069.*\u2068PK-10482\u2069/);
  assert.deepEqual([v.direction, v.start, v.end], ["rtl", "right", "left"]);
  const { variables: shipped } = lettersOf(order)["order-shipped"];
  const rows = [...(shipped.items ?? []), ...(shipped.address ?? [])].map((row) =>
    typeof row === "string" ? row : row.flow,
  );
  assert.deepEqual([...new Set(rows)].sort(), ["ltr", "rtl"], "the country is in Hebrew");
});
