import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sealsWith } from "../connector-kit/seal.ts";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";
import { linkToFile } from "./file-link.ts";

const key = "the terminal's key";
const authorization = { authorization: `Bearer ${key}` };
const reference = "AAAAAAAAAAWAITS";
let shop: OpenApp;
before(async () => {
  shop = await openApp({ access: { key, isSecure: false }, publicUrl: "https://o.example" });
  await shop.open(reference);
});
after(() => shop.close());

test("a link opens one label without a log-in, names nothing, and who made it stands in the log", async () => {
  const path = `/api/orders/${reference}/files/label/link`;
  assert.equal((await shop.post(path, {})).status, 401, "a link is made by who may see the label");
  const { url, until } = await (await shop.post(path, {}, authorization)).json();
  assert.match(url, /^https:\/\/o\.example\/file\/v1\./);
  assert.doesNotMatch(url, new RegExp(`${reference}|label`));
  assert.ok(Date.parse(until) - Date.now() <= 600_000);
  const opened = await shop.get(new URL(url).pathname);
  assert.equal(opened.status, 200);
  assert.equal(opened.headers.get("cache-control"), "private, no-store");
  assert.equal(await opened.text(), "%PDF-");
  const [made] = await listDecisions(shop.db, { what: "file.link", limit: 1 });
  assert.deepEqual([made?.reference, made?.step], [reference, "label"]);
});

test("a link that is old, changed, or sealed by another opens nothing", async () => {
  const file = { reference, step: "label" };
  const { sealFor } = shop.options;
  const old = linkToFile(sealFor, file, new Date(Date.now() - 601_000)).path;
  const fresh = linkToFile(sealFor, file, new Date()).path;
  const foreign = linkToFile(sealsWith(["another's key"]), file, new Date()).path;
  assert.equal((await shop.get(fresh)).status, 200);
  for (const path of [old, `${fresh.slice(0, -2)}xx`, foreign, "/file/v1.x", "/file/x"]) {
    assert.equal((await shop.get(path)).status, 404, path);
  }
});
