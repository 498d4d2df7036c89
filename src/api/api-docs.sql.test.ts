// Whoever builds on the API reads what is there, from the server that runs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OpenApp, openApp } from "./app-for-tests.ts";

let shop: OpenApp;
before(async () => {
  shop = await openApp();
});
after(() => shop.close());

test("the document is OpenAPI 3.1 and describes every address that answers", async () => {
  const answer = await shop.get("/api/openapi.json");
  assert.equal(answer.status, 200);
  const { openapi, paths, servers } = await answer.json();
  assert.equal(openapi, "3.1.0");
  assert.deepEqual(servers, [{ url: "/api" }]);
  const described = Object.entries<Record<string, unknown>>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = shop.hono.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"))
    .map(({ method, path }) => `${method} ${path.slice(4).replaceAll(/:(\w+)/g, "{$1}")}`)
    .filter((route) => !/ \/(docs|openapi)/.test(route));
  assert.deepEqual(described.sort(), [...new Set(served)].sort());
  assert.ok(described.length >= 30);
});

test("what an order looks like, and how a refusal reads, stands in the document", async () => {
  const { components, paths } = await (await shop.get("/api/openapi.json")).json();
  assert.ok(components.schemas.OrderDetail.allOf ?? components.schemas.OrderDetail.properties);
  assert.ok(components.schemas.Refusal);
  const { parameters, responses } = paths["/orders"].get;
  assert.deepEqual(
    parameters.map(({ name }: { name: string }) => name),
    ["state", "view", "since", "q", "limit", "before"],
  );
  assert.ok(responses["400"]);
});

test("the viewer comes from this server alone, under a policy that lets nothing else in", async () => {
  const page = await shop.get("/api/docs");
  assert.equal(page.status, 200);
  const policy = page.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  const html = await page.text();
  assert.doesNotMatch(html, /https?:\/\/|<script>|<style|style=/);
  const sources = [...html.matchAll(/(?:src|href)="(\/api\/[^"]+)"/g)].map(([, path]) => path);
  assert.equal(sources.length, 3);
  for (const path of sources) assert.equal((await shop.get(path ?? "")).status, 200, path);
  assert.equal((await shop.get("/api/docs/package.json")).status, 404);
});

test("a body that is not JSON, or says that it is something else, changes nothing", async () => {
  const form = { "content-type": "text/plain" };
  assert.equal((await shop.post("/api/orders/AAAAAAAAAAADONE/retry", "{}", form)).status, 415);
  const long = JSON.stringify({ step: "x".repeat(300_000) });
  assert.equal((await shop.post("/api/orders/AAAAAAAAAAADONE/retry", long)).status, 413);
});
