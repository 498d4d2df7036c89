import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { languages } from "./catalogue.ts";
import { composeConfirmation } from "./confirmation.ts";
import { withFewerItems } from "./goods.ts";
import { aLine, anOrder, shop, tracking } from "./letters-for-tests.ts";

const eur = (minor: number) => money(minor, "EUR");
const line = (description: string, minor: number) => aLine(description, eur(minor));

const facts = { ...shop, ...tracking, invoiceNumber: "1001" };

const compose = (overrides: Partial<Order> = {}) => composeConfirmation(anOrder(overrides), facts);
const inLocale = (tag: string) => compose({ locale: { tag, source: "session" } });
const plain = (value: unknown) => String(value).replace(/[\u00A0\u202F]/gu, " ");

test("a Finnish customer reads in Finnish what was bought, paid and sent", () => {
  const { locale, subject, variables: v } = compose();
  assert.equal(locale, "fi");
  assert.equal(subject, "Tilausvahvistus PK-10482 – Example Shop");
  assert.equal(v.greeting, "Hei Example Buyer,");
  assert.equal(v.text, "Kiitos tilauksestasi PK-10482, jonka teit 17. marraskuuta 2026.");
  assert.equal(plain(v.total_amount), "159,63 €");
  assert.equal(plain(v.vat_amount), "32,44 €");
  assert.equal(v.tracking_number, "00370000000000000001");
  assert.equal(v.tracking_url, facts.trackingUrl);
  assert.deepEqual(v.address, [
    { line: "Example Buyer", flow: "ltr" },
    { line: "Mannerheimintie 12", flow: "ltr" },
    { line: "00100 Helsinki", flow: "ltr" },
    { line: "Suomi", flow: "ltr" },
  ]);
});

test("Hebrew and Arabic are written from right to left, everything else from left to right", () => {
  const rtl = languages.filter((l) => inLocale(l).variables.direction === "rtl");
  assert.deepEqual(rtl, ["ar", "he"]);
  const { start, end } = inLocale("he").variables;
  assert.deepEqual([start, end], ["right", "left"]);
});

test("a Swiss customer reads German words and Swiss numbers", () => {
  const { locale, variables } = inLocale("de-CH");
  assert.equal(locale, "de");
  assert.equal(plain(variables.total_amount), "EUR 159.63");
});

test("of a long order thirty items are named and the rest is counted", () => {
  const { variables } = compose({ lines: Array.from({ length: 42 }, () => line("Curtain", 100)) });
  assert.equal(variables.items?.length, 30);
  assert.equal(variables.more_items, "+ 12 muuta tuotetta");
});

test("a letter that must be shorter still counts every item", () => {
  const { variables } = compose({ lines: Array.from({ length: 3 }, () => line("Curtain", 100)) });
  const shorter = withFewerItems(variables, "fi");
  assert.equal(shorter?.items?.length, 2);
  assert.equal(shorter?.more_items, "+ 1 muu tuote");
  const shortest = withFewerItems(withFewerItems(shorter ?? {}, "fi") ?? {}, "fi");
  assert.equal(shortest?.more_items, "+ 3 muuta tuotetta");
  assert.equal(withFewerItems(shortest ?? {}, "fi"), undefined);
});

test("the subject names neither the customer nor an address", () => {
  const { subject } = compose();
  assert.doesNotMatch(subject, /Buyer|Mannerheim|Helsinki|@|\+358/);
});

test("an endless order number with line ends and bidi tricks makes a short, plain subject", () => {
  const { subject } = compose({
    shopOrder: `\u202Ex\r\nBcc: v@example.com 👨‍👩‍👧‍👦${"A".repeat(10_000)}`,
  });
  assert.ok(subject.length <= 150);
  assert.doesNotMatch(subject, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
});

test("a name that looks like markup or a template stays plain text", () => {
  const name = "<script>alert(1)</script> {{7*7}} {{#each}}";
  const { variables } = compose({ buyer: { name }, locale: { tag: "en", source: "session" } });
  assert.equal(variables.greeting, `Hello ${name},`);
});

test("a tracking link that is not https is left out, the number stays", () => {
  for (const trackingUrl of [
    "javascript:alert(1)",
    "data:text/html,x",
    "http://x.example.com",
    "x",
  ]) {
    const { variables } = composeConfirmation(anOrder(), { ...facts, trackingUrl });
    assert.equal(variables.tracking_url, "");
    assert.equal(variables.tracking_number, facts.trackingNumber);
  }
});

test("VAT that nobody worked out is not claimed, and a nameless company is greeted", () => {
  const { variables } = compose({
    taxSource: "none",
    tax: eur(0),
    buyer: { company: "Example Oy" },
  });
  assert.equal(variables.vat_amount, "");
  assert.equal(variables.greeting, "Hei Example Oy,");
  assert.equal(compose({ buyer: {} }).variables.greeting, "Hei,");
});
