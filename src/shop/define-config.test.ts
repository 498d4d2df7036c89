import assert from "node:assert/strict";
import { test } from "node:test";
import config from "../../ordna.config.ts";
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
