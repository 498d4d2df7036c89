// The page's server with a key, over real HTTP: who is let in, and what an odd request gets (35, 65, 66, 69, 70).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { places } from "../journey/places.ts";
import { end, pay } from "./hostile-orders.ts";
import { type HostileShop, openHostileShop } from "./hostile-shop.ts";

const key = "canary-of-the-page-key";

for (const [index, place] of places.entries()) {
  describe(`the page's server, ${place.name}`, () => {
    let shop: HostileShop;
    let reference: string;
    before(async () => {
      shop = await openHostileShop(place, 14_000 + index * 300, { ORDNA_CONSOLE_KEY: key });
      reference = (await end(shop, await pay(shop, "seen"))).reference;
    });
    after(() => shop.close());

    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${shop.url}${path}`, { redirect: "manual", ...init });
    const withKey = { authorization: `Bearer ${key}` };

    const strangers: readonly (readonly [what: string, headers: Record<string, string>])[] = [
      ["no key", {}],
      ["a forged cookie", { cookie: "ordna-key=forged" }],
      ["an empty cookie", { cookie: "ordna-key=" }],
      ["a cookie that only begins right", { cookie: `ordna-key=${key.slice(0, -1)}` }],
      ["two cookies, the wrong one first", { cookie: `ordna-key=x; ordna-key=${key}` }],
      ["a key of another scheme", { authorization: `Basic ${key}` }],
      ["the key in capitals", { authorization: `Bearer ${key.toUpperCase()}` }],
    ];
    for (const [what, headers] of strangers) {
      test(`65: whoever comes with ${what} sees and moves nothing`, async () => {
        for (const path of ["/api/orders", `/api/orders/${reference}`, "/api/stream", "/"]) {
          const answer = await call(path, { headers });
          assert.equal(answer.status, 401, path);
          assert.doesNotMatch(await answer.text(), /seen|canary|Tampere/);
        }
        const retry = await call(`/api/orders/${reference}/retry`, { method: "POST", headers });
        assert.equal(retry.status, 401);
      });
    }

    const crossings: readonly (readonly [what: string, headers: Record<string, string>])[] = [
      ["another site's form", { origin: "https://evil.example", "content-type": "text/plain" }],
      ["a frame without an origin", { origin: "null" }],
      ["another site's script", { "sec-fetch-site": "cross-site" }],
      ["a neighbour on this machine", { origin: "http://127.0.0.1:9999" }],
    ];
    for (const [what, headers] of crossings) {
      test(`66: ${what} is refused although the browser brings the key`, async () => {
        for (const brought of [withKey, { cookie: `ordna-key=${key}` }]) {
          const answer = await call(`/api/orders/${reference}/retry`, {
            method: "POST",
            body: "{}",
            headers: { ...brought, ...headers },
          });
          assert.equal(answer.status, 403);
        }
      });
    }

    const queries = [
      "limit=1e9",
      "limit=999999999999999999999",
      "limit=-1",
      "limit=0x10",
      "state=__proto__",
      "state=done'--",
      "before=2026-01-01T00:00:00.000Z/../../x",
      `before=${"9".repeat(3000)}`,
    ];
    for (const query of queries) {
      test(`70: the list with ?${query.slice(0, 40)} is 400, and says which part`, async () => {
        const answer = await call(`/api/orders?${query}`, { headers: withKey });
        assert.equal(answer.status, 400);
        assert.match((await answer.json()).error, new RegExp(`^${query.split("=")[0]}: `));
      });
    }

    test("70: what the list does not know changes nothing, and a repeated parameter is refused", async () => {
      const twice = await call("/api/orders?limit=1&limit=2", { headers: withKey });
      assert.equal(twice.status, 400);
      for (const query of ["sort=id;drop", "__proto__=1", "constructor[x]=1"]) {
        const answer = await call(`/api/orders?${query}`, { headers: withKey });
        assert.equal(answer.status, 200, query);
        assert.equal((await answer.json()).orders.length, 1);
      }
      assert.equal(Reflect.get({}, "1"), undefined);
    });

    test("69: an order that is not of this shop is not found, and nothing is woken for it", async () => {
      for (const name of ["ZZZZZZZZZZZZZZ", "..%2f..%2fadmin", "' or 1=1 --"]) {
        const path = `/api/orders/${encodeURIComponent(name)}/retry`;
        const answer = await call(path, { method: "POST", headers: withKey });
        assert.equal(answer.status, 404, name);
      }
    });

    test("35: every answer forbids foreign scripts and frames, and says what kind it is", async () => {
      for (const path of ["/", "/api/orders", `/api/orders/${reference}`, "/nothing"]) {
        const answer = await call(path, { headers: withKey });
        assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'self'/);
        assert.match(answer.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
        assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      }
    });
  });
}
