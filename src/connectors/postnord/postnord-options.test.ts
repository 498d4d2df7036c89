import assert from "node:assert/strict";
import { test } from "node:test";
import { postnord } from "./connector.ts";
import { finnishSender } from "./shop-for-tests.ts";

test("a mistake in the configuration is told in one sentence that names the field", () => {
  const { sender } = finnishSender;
  const wrong = (change: object) => () => postnord({ ...finnishSender, ...change });
  assert.throws(wrong({ customerNumber: "123" }), {
    message: 'postnord({ customerNumber }): "123" is no customer number of FI (Z14).',
  });
  assert.throws(wrong({ applicationId: "2458" }), /postnord\(\{ applicationId \}\)/);
  assert.throws(wrong({ issuer: "Z12" }), /sender.country \}\): Z12 sends from SE, not from FI/);
  assert.throws(wrong({ sender: { ...sender, phone: "12" } }), /sender.phone/);
  assert.throws(wrong({ sender: { ...sender, name: "x".repeat(61) } }), /over 60 characters/);
  assert.throws(
    wrong({ services: [{ to: "rest", service: "91", additional: [] }] }),
    /only 11, 17/,
  );
  assert.throws(wrong({ colour: "yellow" }), /colour/);
});
