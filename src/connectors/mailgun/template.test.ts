import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../language/catalogue.ts";
import { outboxOf } from "./outbox.ts";
import { aMessage, aShop } from "./shop-for-tests.ts";
import { layouts } from "./template.ts";

const layout = layouts[0]?.html ?? "";

async function rendered(tag: string) {
  const shop = aShop();
  await shop.attempt(aMessage({}, { locale: { tag, source: "session" } }));
  return outboxOf(shop.outbox(), "ABCDEFGHJK1234")[0]?.html ?? "";
}

for (const language of languages) {
  test(`the e-mail in ${language} is whole, every placeholder filled`, async () => {
    const html = await rendered(language);
    assert.doesNotMatch(html, /\{\{|\}\}|undefined|\[object/);
    assert.match(html, new RegExp(`<html lang="${language}" dir="(ltr|rtl)">`));
    for (const part of ["PK-10482", "00370000000000000001", "Mannerheimintie 12 A 3", "1001"]) {
      assert.ok(html.includes(part), `${part} is missing`);
    }
    assert.match(html, /href="https:\/\/tracking\.example\.com\/\?id&#x3D;1&amp;lang&#x3D;fi"/);
  });
}

test("Hebrew runs from right to left in every table, numbers stay readable", async () => {
  const html = await rendered("he");
  const tables = html.match(/<table[^>]*>/g) ?? [];
  assert.ok(tables.length >= 5);
  assert.ok(tables.every((table) => table.includes('dir="rtl"')));
  assert.match(html, /<body dir="rtl"/);
  assert.doesNotMatch(html, /dir="ltr"(?!>00370)/);
  assert.match(html, /align="right"[^>]*>שלום/);
});

test("the layout uses nothing that Mailgun's handlebars lack or that would not escape", () => {
  const helpers = [...layout.matchAll(/\{\{[#/](\w+)/g)].map((m) => m[1]);
  assert.deepEqual([...new Set(helpers)].sort(), ["each", "if"]);
  assert.doesNotMatch(layout, /\{\{\{|\{\{&|\{\{>|\.\.\//);
});

test("the layout is safe for Gmail: inline styles, nothing fetched, not clipped", () => {
  assert.doesNotMatch(layout, /<style|<script|<link|<img|url\(|class=/);
  assert.ok(Buffer.byteLength(layout) < 60_000);
});

test("the layout has no words of any language", () => {
  const words = layout.replace(/<[^>]*>/g, " ").replace(/\{\{[^}]*\}\}/g, " ");
  assert.equal(words.trim(), "");
});
