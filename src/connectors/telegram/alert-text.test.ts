import assert from "node:assert/strict";
import { test } from "node:test";
import { alertText } from "./alert-text.ts";
import { fitsButton } from "./link-button.ts";
import { anAlert, telegramShop } from "./shop-for-tests.ts";

test("the mark says how bad it is", () => {
  for (const [severity, mark] of [
    ["info", "🔵"],
    ["warning", "🟠"],
    ["needs-you", "🔴"],
  ] as const) {
    assert.ok(alertText(anAlert({ severity }), false).html.startsWith(`${mark} <b>`));
  }
});

test("two hundred orders in one alert are cut, counted and accepted", async () => {
  const { send, call, simulator } = telegramShop();
  const lines = Array.from({ length: 200 }, (_, i) => `PK-${i} <waits> & waits, 12.50 EUR, again`);
  await send.run(anAlert({ lines, link: "http://localhost:8080/orders" }), call);
  const text = String(simulator.records()[0]?.fields.text);
  assert.ok(text.length <= 4096 && text.length > 3900, `${text.length}`);
  const kept = text.split("\n").filter((line) => line.startsWith("PK-")).length;
  assert.match(text, new RegExp(`\n… and ${200 - kept} more\nhttp://localhost:8080/orders$`));
});

test("one endless line and an endless title are cut, never through a character", () => {
  const alert = anAlert({ title: "🚚".repeat(400), lines: [`x${"😀".repeat(3000)}`, "last"] });
  const { plain } = alertText(alert, true);
  assert.ok(plain.length <= 4096);
  assert.ok(plain.isWellFormed());
  assert.ok(plain.includes("…\nlast"));
});

test("the longest alert that the rules allow is accepted", async () => {
  const { send, call, simulator } = telegramShop();
  const link = `http://localhost/${"l".repeat(900)}`;
  await send.run(
    anAlert({ title: "t".repeat(5000), lines: Array(9).fill("y".repeat(999)), link }),
    call,
  );
  assert.ok(String(simulator.records()[0]?.fields.text).length <= 4096);
});

test("an alert without a title or lines still says something", async () => {
  const { send, call, simulator } = telegramShop();
  await send.run(anAlert({ title: " \n ", lines: [], link: undefined }), call);
  assert.equal(simulator.records()[0]?.fields.text, "🔴");
});

test("control characters and half characters do not reach Telegram", () => {
  const { plain } = alertText(anAlert({ title: "a\u0000b\nc", lines: ["x\u0007y\ud83d"] }), false);
  assert.equal(plain, "🔴 a b c\nx y\ufffd");
});

test("a button holds only https links to a full host name", () => {
  for (const link of ["https://ordna.example.com/o?x=1#y", "https://shop.example.co.uk:8443/"]) {
    assert.ok(fitsButton(link), link);
  }
  const unfit = ["https://ordna/x", "https://10.0.0.1/", "https://[::1]/", "javascript:alert(1)"];
  for (const link of [...unfit, "http://a.example.com", "https://a.b./", "no link", undefined]) {
    assert.ok(!fitsButton(link), link);
  }
});
