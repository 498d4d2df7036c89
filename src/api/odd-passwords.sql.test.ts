// Passwords as no form would send them: long ones count to the last letter, and too long ones cost nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeWelcome } from "./access/welcome.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

const email = "owner@shop.example";
let shop: OpenApp;
let cookie = "";
before(async () => {
  shop = await openApp({ access: { key: "terminal", isSecure: false }, publicUrl: "http://x" });
  const come = await shop.get(`/welcome?token=${await makeWelcome(shop.db)}`);
  cookie = come.headers.get("set-cookie")?.split(";")[0] ?? "";
});
after(() => shop.close());

const post = (path: string, body: unknown, headers = {}) =>
  shop.hono.request(`http://127.0.0.1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

async function keep(password: string, present?: string): Promise<void> {
  const answer = await post("/api/account/password", { email, password, present }, { cookie });
  assert.equal(answer.status, 200, await answer.text());
}

const logIn = async (password: string) => (await post("/api/session", { email, password })).status;

test("a password of more than 72 bytes counts to its last letter", async () => {
  const long = `${"verkkokauppa ".repeat(8)}a`;
  await keep(long);
  assert.equal(await logIn(`${long.slice(0, -1)}b`), 401);
  assert.equal(await logIn(long), 200);
});

test("a password of ten megabytes is refused before anything is computed", async () => {
  const begun = performance.now();
  assert.equal(await logIn("x".repeat(10 * 1024 * 1024)), 413);
  assert.equal(await logIn("x".repeat(2000)), 400, "longer than anybody's");
  assert.ok(performance.now() - begun < 5000);
});

test("a password with letters beyond ASCII is taken as it was typed", async () => {
  const typed = "nelj\u00e4 sanaa riitt\u00e4\u00e4 hyvin 🔑";
  await keep(typed, `${"verkkokauppa ".repeat(8)}a`);
  assert.equal(await logIn(typed), 200);
  assert.equal(await logIn(typed.toUpperCase()), 401);
});
