import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedLinks } from "./order-page.ts";

test("others get a link to an order only when they can open it", () => {
  const link = sharedLinks("https://ordna.example.com");
  assert.equal(link("ABCDEFGHJK1234"), "https://ordna.example.com/orders/ABCDEFGHJK1234");
  for (const own of ["http://127.0.0.1:4700", "http://localhost:4700", "http://[::1]:4700"]) {
    assert.equal(sharedLinks(own)("ABCDEFGHJK1234"), undefined, own);
  }
  for (const every of ["http://0.0.0.0:4700", "http://[::]:4700"]) {
    assert.equal(sharedLinks(every)("ABCDEFGHJK1234"), undefined, every);
  }
});
