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
  const rule = (service: string, additional: string[] = []) =>
    wrong({ services: [{ to: "rest", service, additional }] });
  assert.throws(rule("52"), /only 11, 17, 18, 19, 30 and 91 are supported/);
  assert.throws(rule("91"), /service 91 is not offered from FI/);
  assert.throws(rule("18", ["A1"]), /A1 is not supported: paid orders have nothing to collect/);
  assert.throws(wrong({ labelFormat: "png" }), /labelFormat \}\): write "pdf" or "zpl"/);
  assert.throws(wrong({ returns: { service: "20" } }), /service 20 is not offered from FI/);
  assert.throws(wrong({ colour: "yellow" }), /colour/);
});
