import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { fieldOrder } from "./field-order.ts";
import { element, optional, writeXml } from "./xml.ts";

test("elements are written in the order of the DTD, whatever order they are given in", () => {
  const xml = writeXml("salespayment", [
    element("salespayment", [
      element("sourcename", "Example Buyer"),
      element("paymentdate", "2026-11-23"),
      element("sum", "1,00", { currency: "EUR" }),
    ]),
  ]);
  assert.equal(
    xml,
    '<root><salespayment><sum currency="EUR">1,00</sum><paymentdate>2026-11-23</paymentdate>' +
      "<sourcename>Example Buyer</sourcename></salespayment></root>",
  );
});

test("markup in a customer's name is escaped, and what XML forbids is left out", () => {
  const xml = writeXml("salespayment", [
    element("salespayment", optional("sourcename", 'Å & <b>"x"\u0000\u001b\ud800 \u{1F600}')),
  ]);
  assert.match(xml, /<sourcename>Å &amp; &lt;b&gt;&quot;x&quot; 😀<\/sourcename>/u);
});

test("an element that Netvisor does not know is our mistake, found at once", () => {
  const write = () => writeXml("customer", [element("customer", [element("nickname", "x")])]);
  assert.throws(write, /knows no <nickname>/);
});

test("the order of elements is Netvisor's", () => {
  const file = readFileSync(new URL("./fixtures/field-order.json", import.meta.url), "utf8");
  const names = z.record(
    z.string(),
    z.union([z.array(z.string()), z.record(z.string(), z.string())]),
  );
  const published = z.record(z.string(), names).parse(JSON.parse(file));
  const { matchcreditnote, ...withDtd } = fieldOrder;
  assert.ok(matchcreditnote);
  for (const [kind, { children, attributes }] of Object.entries(withDtd)) {
    const theirs = published[kind] ?? {};
    for (const [parent, order] of Object.entries(children)) {
      assert.deepEqual(order.trim().split(/[\s|]+/), theirs[parent], `${kind}/${parent}`);
    }
    const expected = Object.entries(theirs["@attributes"] ?? {});
    const quoted = expected.map(([name, rule]) => [name, String(rule).replaceAll('"', "'")]);
    assert.deepEqual(attributes, Object.fromEntries(quoted));
  }
});
