import assert from "node:assert/strict";
import { test } from "node:test";
import { readXml } from "./read-xml.ts";

const read = (text: string) => readXml(new TextEncoder().encode(text));

test("element names lose their capitals and values keep their zeros", () => {
  assert.deepEqual(read("<Root><PostNumber>00100</PostNumber><Empty /></Root>"), {
    root: { postnumber: "00100", empty: "" },
  });
});

test("the five entities and character references are decoded once", () => {
  assert.deepEqual(read("<Root>A &amp;lt; B &#228; &#x4e;</Root>"), { root: "A &lt; B ä N" });
});

test("an answer that declares a document type is refused", () => {
  assert.throws(() => read('<!DOCTYPE root [<!ENTITY a "b">]><Root>&a;</Root>'), /document type/);
});

test("half a list does not pass for a list", () => {
  assert.throws(() => read("<Root><SalesInvoiceList><SalesInvoice>"), /not XML/);
});

test("an answer beyond 5 MiB is not even parsed", () => {
  assert.throws(() => readXml(new Uint8Array(5 * 1024 * 1024 + 1)), /larger than 5 MiB/);
});

test("an element named to poison objects is refused", () => {
  assert.throws(() => read("<Root><__proto__><a>1</a></__proto__></Root>"), /not XML/);
});
