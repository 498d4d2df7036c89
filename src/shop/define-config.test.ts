import assert from "node:assert/strict";
import { test } from "node:test";
import config from "../../ordna.config.ts";
import type { StaffMail } from "../worker/world.ts";
import { defineConfig } from "./define-config.ts";

const shop = Object.values(config.stores)[0] ?? assert.fail("there is a store");

test("a store is called as it stands in the webhook's address", () => {
  for (const name of ["shop", "s", "shop-2", "a".repeat(40)]) {
    assert.ok(defineConfig({ stores: { [name]: shop } }).stores[name]);
  }
});

for (const name of ["", "Shop", "2shop", "my shop", "kauppa_1", "ä", "a/b", "..", "a".repeat(41)]) {
  test(`"${name}" is no store name, and the error says what is one`, () => {
    const define = () => defineConfig({ stores: { shop, [name]: shop } });
    assert.throws(define, {
      name: "RangeError",
      message: /is no store name: a-z, 0-9 and hyphens/,
    });
  });
}

test("a configuration without a store is refused", () => {
  assert.throws(() => defineConfig({ stores: {} }), /defines no store/);
});

test("e-mails to staff go to addresses that exist in form, and quiet hours are times of day", () => {
  const define = (staffMail: StaffMail) => () =>
    defineConfig({ stores: { shop: { ...shop, staffMail } } });
  const receivers = [{ email: "manager@example.com", language: "fi" }] as const;
  assert.ok(define({ receivers, quiet: { from: "21:00", until: "07:00" } })());
  assert.throws(define({ receivers: [] }), /has no receivers/);
  assert.throws(define({ receivers: [{ email: "manager", language: "en" }] }), /no e-mail address/);
  assert.throws(define({ receivers, quiet: { from: "9pm", until: "07:00" } }), /no time such as/);
});
