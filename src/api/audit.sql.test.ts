import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OpenApp, openApp } from "./app-for-tests.ts";
import type { AppOptions } from "./app-options.ts";

let shop: OpenApp;
const wishes: unknown[] = [];
const finding = { store: "pikkuna", reference: "ABCDEFGHJK1234", step: "booking", state: "twice" };
const audit: NonNullable<AppOptions["audit"]> = async (wish) => {
  wishes.push(wish);
  return { findings: [finding], next: wish.after ? undefined : { run: "r", step: "booking" } };
};
before(async () => {
  shop = await openApp({ audit });
});
after(() => shop.close());

test("an audit is answered page by page, until there is no next one", async () => {
  const first = await shop.post("/api/audit", { withinMs: 1000 });
  const { findings, next } = await first.json();
  assert.deepEqual(findings, [finding]);
  const second = await shop.post("/api/audit", { withinMs: 1000, after: next });
  assert.equal((await second.json()).next, null);
  assert.deepEqual(wishes, [{ withinMs: 1000 }, { withinMs: 1000, after: next }]);
});

test("an audit of no time, or from nowhere, is refused with what is wrong", async () => {
  for (const body of [{}, { withinMs: 0 }, { withinMs: 1000, after: { run: 7 } }]) {
    assert.equal((await shop.post("/api/audit", body)).status, 400, JSON.stringify(body));
  }
});
