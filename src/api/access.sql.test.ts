// Who may look at orders and act on them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Hono } from "hono";
import { makeWelcome } from "./access/welcome.ts";
import { app } from "./app.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

const key = "a key, that+needs %ncoding&=";
let shop: OpenApp;
let locked: Hono;
let open: Hono;

before(async () => {
  shop = await openApp();
  const queues = new Hono().all("*", (c) => c.text("queues"));
  open = app({ ...shop.options, queues });
  locked = app({ ...shop.options, queues, access: { key, isSecure: false } });
});
after(() => shop.close());

interface Visit {
  readonly at?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function visit(hono: Hono, path: string, { at = "127.0.0.1:4700", method, headers }: Visit = {}) {
  return hono.request(`http://${at}${path}`, {
    method: method ?? "GET",
    headers: { host: at, ...headers },
  });
}

const guarded = ["/api/status", "/api/orders", "/api/stream", "/queues", "/queues/api/queues"];

test("in the sandbox whoever is on this machine may look, by any of its names", async () => {
  for (const at of ["127.0.0.1:4700", "localhost:4700", "[::1]:4700", "127.0.0.1", "127.1.2.3"]) {
    for (const path of ["/api/status", "/queues"]) {
      assert.equal((await visit(open, path, { at })).status, 200, `${at}${path}`);
    }
  }
});

const strangers = [
  "evil.example",
  "evil.example:4700",
  "127.0.0.1.nip.example:4700",
  "localhost.evil.example",
  "127.evil.example",
  "10.0.0.7:4700",
];

test("a foreign name that was led to this machine opens nothing (DNS rebinding)", async () => {
  for (const at of strangers) {
    for (const path of [...guarded, "/", "/orders/AAAAAAAAAAADONE"]) {
      assert.equal((await visit(open, path, { at })).status, 401, `${at}${path}`);
    }
    const headers = { origin: `http://${at}`, "content-type": "application/json" };
    const path = "/api/orders/AAAAAAAAAAADONE/retry";
    assert.equal((await visit(open, path, { at, method: "POST", headers })).status, 401, at);
  }
});

test("Stripe and health checks need no key, whatever name they use", async () => {
  const at = "ordna.example";
  assert.equal((await visit(locked, "/healthz", { at })).status, 200);
  const path = "/webhooks/stripe/pikkuna";
  assert.notEqual((await visit(locked, path, { at, method: "POST" })).status, 401);
});

test("with real providers nothing is shown without the key", async () => {
  for (const path of [...guarded, "/", "/orders/AAAAAAAAAAADONE", "/index.html"]) {
    const answer = await visit(locked, path);
    assert.equal(answer.status, 401, path);
    assert.match(await answer.text(), /link that Ordna printed/, path);
  }
});

test("the printed link lets in with one click, once: it becomes a cookie and leaves the address", async () => {
  const path = `/welcome?token=${await makeWelcome(shop.db)}`;
  const preview = await visit(locked, path, { headers: { "sec-purpose": "prefetch" } });
  assert.equal(preview.status, 204);
  const answer = await visit(locked, path);
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, "/settings/account"]);
  const [cookie = "", ...rules] = (answer.headers.get("set-cookie") ?? "").split("; ");
  assert.deepEqual(rules.sort(), ["HttpOnly", "Path=/", "SameSite=Strict"]);
  for (const path of ["/api/status", "/queues"]) {
    assert.equal((await visit(locked, path, { headers: { cookie } })).status, 200, path);
  }
  const again = await visit(locked, path);
  assert.deepEqual([again.status, again.headers.get("set-cookie")], [401, null]);
});

test("a welcome link is worth nothing after 15 minutes, nor once a newer one was made", async () => {
  const older = await makeWelcome(shop.db);
  const newer = await makeWelcome(shop.db);
  assert.equal((await visit(locked, `/welcome?token=${older}`)).status, 401);
  await shop.db.query("update invitation set ends_at = now() - interval '1 second'");
  assert.equal((await visit(locked, `/welcome?token=${newer}`)).status, 401);
});

test("where people come over https the cookie never travels in the open", async () => {
  const behindProxy = app({ ...shop.options, access: { key, isSecure: true } });
  const answer = await visit(behindProxy, `/welcome?token=${await makeWelcome(shop.db)}`);
  assert.match(answer.headers.get("set-cookie") ?? "", /^__Host-ordna=.+; Secure/);
});

test("the command line sends the key as a Bearer token", async () => {
  const bearer = (authorization: string) =>
    visit(locked, "/api/status", { headers: { authorization } });
  assert.equal((await bearer(`Bearer ${key}`)).status, 200);
  for (const wrong of ["Bearer ", "Bearer wrong", `Basic ${key}`, key, `Bearer ${key}x`]) {
    assert.equal((await bearer(wrong)).status, 401, wrong);
  }
});

const crossings: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ["another site's form", { origin: "https://evil.example" }],
  ["another port of this machine", { origin: "http://127.0.0.1:9999" }],
  ["a sandboxed frame", { origin: "null" }],
  ["another site's script", { "sec-fetch-site": "cross-site" }],
  ["a neighbour's site", { "sec-fetch-site": "same-site" }],
  ["an address that only begins like ours", { origin: "http://127.0.0.1:4700.evil.example" }],
];

for (const [what, headers] of crossings) {
  test(`a request of ${what} is refused, with the key and without one`, async () => {
    const withKey = { authorization: `Bearer ${key}`, ...headers };
    for (const method of ["GET", "POST"]) {
      for (const path of ["/api/status", "/api/orders/AAAAAAAAAAADONE/retry", "/queues"]) {
        const calls = [
          visit(open, path, { method, headers }),
          visit(locked, path, { method, headers: withKey }),
        ];
        for (const answer of await Promise.all(calls)) {
          assert.equal(answer.status, 403, `${method} ${path}`);
        }
      }
    }
  });
}

test("the page's own requests are let through", async () => {
  for (const site of ["same-origin", "none"]) {
    const headers = { origin: "http://127.0.0.1:4700", "sec-fetch-site": site };
    assert.equal((await visit(open, "/api/status", { headers })).status, 200);
  }
});
