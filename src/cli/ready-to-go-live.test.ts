import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import shipped from "../../ordna.config.ts";
import { rememberBackup } from "../backup/last-backup.ts";
import { type Environment, readSettings } from "../settings.ts";
import type { Config } from "../shop/define-config.ts";
import { isLive, readiness } from "./ready-to-go-live.ts";

const folder = mkdtempSync(join(tmpdir(), "ordna-live-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const now = new Date("2026-11-28T08:00:00Z");
const store = shipped.stores.pikkuna ?? assert.fail("the shipped store");

async function found(what: string, env: Environment = {}, config: Config = shipped, skewsMs = [0]) {
  const settings = readSettings({ ORDNA_DATA: folder, ...env });
  const all = await readiness(config, settings, undefined, skewsMs, now);
  const one = all.find((each) => each.what === what) ?? assert.fail(what);
  return [one.isWell, one.sentence] as const;
}

const withStore = (more: object): Config => ({ stores: { pikkuna: { ...store, ...more } } });

test("with a live key nobody may be on trial", async () => {
  const env = { STRIPE_SECRET_KEY: "sk_live_x" };
  assert.equal(isLive(store, readSettings(env)), true);
  assert.deepEqual((await found("pikkuna: keys", env))[0], true);
  const onTrial = withStore({ carrier: { ...store.carrier, trial: "sandbox: true" } });
  const [isWell, sentence] = await found("pikkuna: keys", env, onTrial);
  assert.equal(isWell, false);
  assert.match(sentence, /postnord \(sandbox: true\)/);
});

test("an address without TLS, or of this machine only, is none that Stripe can use", async () => {
  assert.match((await found("public address"))[1], /this machine only/);
  const plain = { ORDNA_PUBLIC_URL: "http://shop.example.com" };
  assert.match((await found("public address", plain))[1], /not encrypted/);
  assert.equal(
    (await found("public address", { ORDNA_PUBLIC_URL: "https://shop.example.com" }))[0],
    true,
  );
});

test("a backup of last night on another disk is well; none, an old one, or one on the same disk is not", async () => {
  const settings = readSettings({ ORDNA_DATA: folder });
  const take = (at: string, isOnSameDisk = false) =>
    rememberBackup(settings, { at, folder: "/backups/one", isOnSameDisk });
  assert.match((await found("backups"))[1], /There is none/);
  await take("2026-11-28T03:00:00Z");
  assert.equal((await found("backups"))[0], true);
  await take("2026-11-28T03:00:00Z", true);
  assert.match((await found("backups"))[1], /on the disk of the data/);
  await take("2026-11-20T03:00:00Z");
  assert.match((await found("backups"))[1], /8 days old/);
  assert.equal((await found("backups", { ORDNA_BACKUPS: "server" }))[0], true);
});

test("a clock that is more than two seconds off is told with its direction", async () => {
  assert.equal((await found("clock", {}, shipped, [1_000, -2_000]))[0], true);
  assert.match((await found("clock", {}, shipped, [0, -9_000]))[1], /9 s behind/);
  assert.match((await found("clock", {}, shipped, [61_000]))[1], /61 s ahead/);
});

test("a seller without a VAT number, outside of OSS, or with an old declaration is told what to say", async () => {
  const sells = (vat: object) =>
    withStore({ seller: { ...store.seller, vat: { country: "FI", ...vat } } });
  const said = async (vat: object) => found("pikkuna: VAT", {}, sells(vat));
  assert.match((await said({ isInOss: true }))[1], /vatId is missing/);
  assert.match((await said({ isInOss: false, vatId: "FI1" }))[1], /are held/);
  const distanceSales = { previousYear: "1", thisYear: "1", asOf: "2026-10-01" };
  assert.match((await said({ isInOss: false, vatId: "FI1", distanceSales }))[1], /58 days ago/);
  assert.equal((await said({ isInOss: true, vatId: "FI1" }))[0], true);
});

test("retention that somebody decided is well", async () => {
  assert.equal((await found("retention"))[0], false);
  assert.equal((await found("retention", {}, { ...shipped, retention: { labels: 60 } }))[0], true);
});
