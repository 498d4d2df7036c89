import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../language/catalogue.ts";
import type { Letter } from "../../language/letter.ts";
import { aLine, anOrder, lettersIn, lettersOf } from "../../language/letters-for-tests.ts";
import { money } from "../../order/money.ts";
import { outboxOf } from "./outbox.ts";
import { aMessage, aShop, ending } from "./shop-for-tests.ts";
import { textOf } from "./simulated-handlebars.ts";
import { layouts } from "./template.ts";

const layout = layouts[0]?.html ?? "";

async function sent(letter: Letter) {
  const shop = aShop();
  const outcome = await shop.attempt(aMessage({ ...letter }));
  assert.equal(ending(outcome), "done via response", letter.template);
  const [mail] = outboxOf(shop.outbox(), "ABCDEFGHJK1234");
  return { subject: mail?.subject ?? "", html: mail?.html ?? "", text: textOf(mail?.html ?? "") };
}

const isFilled = (text: string) => !/\{\{|\}\}|undefined|NaN|\[object/.test(text);

for (const language of languages) {
  test(`all six e-mails in ${language} are whole: subject, text and HTML`, async () => {
    for (const letter of lettersIn(language)) {
      const { template } = letter;
      const { subject, html, text } = await sent(letter);
      assert.ok(isFilled(subject) && isFilled(html) && isFilled(text), template);
      assert.match(html, new RegExp(`<html lang="${language}" dir="(ltr|rtl)">`));
      assert.match(html, new RegExp(`<div lang="${language}" dir="(ltr|rtl)">`));
      assert.ok(subject.includes("PK-10482"), template);
      for (const name of ["title", "text", "closing"]) {
        assert.ok(text.includes(String(letter.variables[name])), `${name} of ${template}`);
      }
      assert.ok(text.includes("PK-10482") && text.includes("Example Buyer"), template);
      assert.doesNotMatch(text, /<|&[a-z]+;/, template);
      const isTracked = /confirmation|shipped/.test(template);
      assert.equal(text.includes("00370000000000000001"), isTracked, template);
      const link = 'href="https://tracking.example.com/?id&#x3D;1&amp;lang&#x3D;fi"';
      assert.equal(html.includes(link), isTracked, template);
      assert.ok(Buffer.byteLength(html) < 102_400, "Gmail shows 102 kB");
    }
  });
}

const manyLines = (description: string) =>
  Array.from({ length: 60 }, (_, nth) =>
    aLine(`${nth} ${description}`, money(123456789, "EUR"), 12_345),
  );

test("sixty goods with long names in any alphabet fit, and the rest is counted", async () => {
  for (const [tag, word] of [
    ["el", "Κουρτίνα συσκότισης "],
    ["ar", "ستارة معتمة "],
    ["uk", "<Затемнювальна> & штора "],
  ] as const) {
    const order = anOrder({
      locale: { tag, source: "session" },
      lines: manyLines(word.repeat(10)),
    });
    for (const letter of Object.values(lettersOf(order, { note: "Ω".repeat(600) }))) {
      const { html } = await sent(letter);
      const rows = html.match(/12[.,\u00A0\u202F]?345/g)?.length ?? 0;
      if (letter.variables.items?.length) assert.ok(rows > 3 && rows < 60, `${tag}: ${rows}`);
    }
  }
});

test("a name that looks like markup, a template or a mailing list's placeholder is read as it was written", async () => {
  const name = `<img src=x onerror=alert(1)> {{7*7}} {{#each}} %recipient.x% "'\`=&`;
  const person = { ...anOrder().buyer, name };
  const order = anOrder({
    buyer: person,
    shipTo: person,
    lines: [aLine(name, money(100, "EUR"))],
    shopOrder: name.slice(0, 30),
    locale: { tag: "he", source: "session" },
  });
  for (const letter of Object.values(lettersOf(order, { note: name }))) {
    const { html, text } = await sent(letter);
    assert.doesNotMatch(html, /<img|<script|%recipient\.x%/);
    assert.ok(html.includes("&lt;img src&#x3D;x onerror"), letter.template);
    assert.ok(text.includes("{{7*7}}"), "never filled in");
  }
});

test("Hebrew and Arabic run from right to left in every table and cell, whatever the page says", async () => {
  for (const language of ["he", "ar"]) {
    for (const letter of lettersIn(language)) {
      const { html } = await sent(letter);
      const boxes = html.match(/<(table|td|th|div|body)\b[^>]*>/g) ?? [];
      assert.ok(boxes.length > 12);
      for (const box of boxes) assert.match(box, /dir="rtl"/, box);
      assert.match(html, /align="right"[^>]*>[^<]*Example Buyer/);
    }
  }
});

test("numbers and amounts run from left to right by themselves, and so does an address in Finland", async () => {
  const [confirmation] = lettersIn("he");
  assert.ok(confirmation);
  const { html } = await sent(confirmation);
  for (const part of ["00370000000000000001", "3", "00100 Helsinki", "Blackout curtain 140×250"]) {
    assert.ok(html.includes(`<span dir="ltr">${part}</span>`), part);
  }
  assert.match(html, /<span dir="ltr">159\.63\u00A0₪<\/span>/);
  assert.match(html, /<span dir="rtl">פינלנד<\/span>/);
});

test("the layout uses nothing that Mailgun's handlebars lack or that would not escape", () => {
  const helpers = [...layout.matchAll(/\{\{[#/](\w+)/g)].map((m) => m[1]);
  assert.deepEqual([...new Set(helpers)].sort(), ["each", "if"]);
  assert.doesNotMatch(layout, /\{\{\{|\{\{&|\{\{>|\.\.\//);
});

test("the layout is safe for Gmail: inline styles, nothing fetched, not clipped", () => {
  assert.doesNotMatch(layout, /<script|<link|<img|url\(|@import/);
  // The one style sheet only changes colours in the dark: without it nothing is lost.
  const [, sheet = ""] = /<style>([\s\S]*)<\/style>/.exec(layout) ?? [];
  const properties = [...sheet.matchAll(/([\w-]+): [^;{}]+;/g)].map((m) => m[1]);
  assert.ok(properties.length > 5);
  assert.ok(properties.every((name) => /color|background|scheme/.test(name ?? "")));
  assert.doesNotMatch(sheet, /\{\{|\}\}/, "handlebars would read that");
  assert.ok(Buffer.byteLength(layout) < 60_000);
});

test("the layout has no words of any language", () => {
  const words = layout
    .replace(/<style>[\s\S]*<\/style>/, "")

    .replace(/<[^>]*>/g, " ")
    .replace(/\{\{[^}]*\}\}/g, " ");
  assert.equal(words.trim(), "");
});
