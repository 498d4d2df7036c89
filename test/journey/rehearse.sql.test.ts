// What a change of the configuration would have done to orders that were really done, shown before it goes live.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { loadConfig } from "../../src/cli/load-config.ts";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";
import { type PastOrders, pastOrders } from "../../src/ledger/past-orders.ts";
import { type Rehearsal, rehearse } from "../../src/rehearsal/rehearse.ts";
import { demoOrders } from "../../src/sandbox/demo-orders.ts";
import { readSettings } from "../../src/settings.ts";
import { places } from "./places.ts";
import { command, isDone, openShop, type Shop } from "./remembering-shop.ts";

const root = join(import.meta.dirname, "../..");
const port = 23_000;
const folder = mkdtempSync(join(tmpdir(), "ordna-rehearse-"));
const place = places.at(0) ?? assert.fail("there is a place");
const orders = demoOrders("rehearse", new Date()).slice(0, 3);
const sinceLongAgo = new Date(0);
let home: Awaited<ReturnType<typeof place.settle>>;
let shop: Shop;
let past: PastOrders;

before(async () => {
  home = await place.settle(port);
  shop = await openShop(home.env);
  await shop.open();
  shop.pay(orders);
  await shop.until(orders, isDone);
  past = await pastOrders(shop.db(), sinceLongAgo, 100);
});

after(async () => {
  await shop.close();
  await shop.sandbox.close();
  await home.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The shipped configuration with one thing changed, or nothing. */
async function rehearsed(name: string, from = "", to = ""): Promise<Rehearsal> {
  const text = readFileSync(join(root, "ordna.config.ts"), "utf8");
  assert.ok(text.includes(from), `${from} stands in ordna.config.ts`);
  const file = join(folder, `${name}.config.ts`);
  writeFileSync(file, text.replace(from, to).replaceAll('"./src/', `"${root}/src/`));
  const data = join(folder, name);
  const env = { ORDNA_CONFIG: file, ORDNA_DATA: data, ORDNA_CACHE: testCacheFolder };
  const { config, settings } = await loadConfig(readSettings(env));
  return rehearse(config, settings, past);
}

const shown = ({ different }: Rehearsal) =>
  different.flatMap(({ reference, differences }) =>
    differences.map(({ topic, what, was, now }) => [reference, topic, what, was, now]),
  );

test("an unchanged configuration changes nothing, and the Ordna that runs is only read", async () => {
  const recordsBefore = shop.sandbox.records().length;
  const env = { ...home.env, ORDNA_SERVER: `http://127.0.0.1:${port}` };
  const said = await command(["rehearse", "--since", "30d", "--json"], env);
  assert.deepEqual([said.replayed, said.different, said.same], [3, [], true], String(said.error));
  assert.equal(shop.sandbox.records().length, recordsBefore, "nothing reached a provider");
  const now = await pastOrders(shop.db(), sinceLongAgo, 100);
  assert.deepEqual(now, past, "nothing was written");
});

test("another name of the shop is shown in the words of each e-mail, and nowhere else", async () => {
  const rehearsal = await rehearsed(
    "words",
    'name: "Pikkuna",\n  timeZone',
    'name: "Ikkuna",\n  timeZone',
  );
  assert.equal(rehearsal.byTopic.message, 3);
  assert.deepEqual([...new Set(shown(rehearsal).map(([, topic]) => topic))], ["message"]);
  const [first] = orders;
  const subject = shown(rehearsal).find(
    ([ref, , what]) => ref === first?.reference && what === "subject",
  );
  assert.match(String(subject?.[3]), /Pikkuna/);
  assert.equal(subject?.[4], String(subject?.[3]).replace("Pikkuna", "Ikkuna"));
});

test("another service is shown for each parcel and in sum", async () => {
  const services = 'services: [{ to: "rest", service: "19", additional: ["A7", "A3", "A4"] }],';
  const rehearsal = await rehearsed(
    "service",
    "applicationId: 9999,",
    `applicationId: 9999,\n${services}`,
  );
  // They may have been opened together, so neither is the first.
  assert.deepEqual(
    shown(rehearsal).toSorted(),
    orders.map(({ reference }) => [reference, "service", "service", "17", "19"]).toSorted(),
  );
  assert.deepEqual(rehearsal.services, [{ was: "17", now: "19", orders: 3 }]);
});

test("a shop that leaves OSS would hold its distance sales, and no other order", async () => {
  const rehearsal = await rehearsed("oss", "isInOss: true", "isInOss: false");
  const [finnish, swedish, estonian] = orders.map(({ reference }) => reference);
  const held = shown(rehearsal).filter(([, topic]) => topic === "held");
  assert.deepEqual(new Set(held.map(([reference]) => reference)), new Set([swedish, estonian]));
  for (const [, , what, was, now] of held.filter(([, , what]) => what === "needs you")) {
    assert.deepEqual([what, was], ["needs you", "done"]);
    assert.match(String(now), /One Stop Shop/);
  }
  assert.equal(
    rehearsal.different.some(({ reference }) => reference === finnish),
    false,
  );
});

test("goods of another VAT rate would be held, with what Stripe charged and what is due", async () => {
  const goods = 'goods: { usually: "standard", bySku: { "CUR-140-250": "book_printed" } },';
  const rehearsal = await rehearsed("goods", "isInOss: true,", `isInOss: true, ${goods}`);
  assert.equal(rehearsal.byTopic.held, 3);
  assert.match(
    shown(rehearsal)
      .map(([, , , , now]) => String(now))
      .join("\n"),
    /vat.amount_differs: Stripe charged 25.5 % of VAT on line 1; 13.5 % is due/,
  );
});

test("another VAT number of the seller is shown where it would stand on invoices", async () => {
  const rehearsal = await rehearsed("number", 'vatId: "FI12345671"', 'vatId: "FI01120389"');
  const numbers = shown(rehearsal).filter(([, topic]) => topic === "VAT");
  assert.deepEqual(
    numbers.toSorted(),
    orders
      .map(({ reference }) => [
        reference,
        "VAT",
        "sellerTaxIds.0.value",
        "FI12345671",
        "FI01120389",
      ])
      .toSorted(),
  );
  const [sum] = rehearsal.vat;
  assert.ok(sum && sum.was === sum.now && BigInt(sum.was) > 0n, "no amount changed");
});
