// What the door writes down, over a real ledger and with signatures of the stripe package.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { stripeUnderTest } from "../connectors/stripe/shop-for-tests.ts";
import { openTestDatabase } from "../ledger/database/test-database.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { aBody, doorNow, letter, type OpenDoor, openDoor, signed } from "./door-for-tests.ts";

const webhookSecrets = "whsec_old_endpoint, whsec_simulated_not_a_secret";
let shop: OpenDoor;

before(async () => {
  shop = await openDoor(stripeUnderTest({}, { webhookSecrets }).payments);
});
after(() => shop.close());

test("a payment that Stripe tells of is on disk, byte for byte, before Stripe hears 200", async () => {
  const body = aBody("evt_first");
  const wakesBefore = shop.wakes();
  const answer = await shop.door(letter(body), "pikkuna");
  assert.equal(answer.status, 200);
  const kept = await shop.kept("evt_first");
  assert.equal(kept?.disposition, "received");
  assert.equal(Buffer.from(kept?.body ?? []).toString("utf8"), body);
  assert.equal(shop.wakes(), wakesBefore + 1, "somebody is woken for it");
  const due = await shop.db.query("select 1 from due where subject = 'event/stripe/evt_first'");
  assert.equal(due.rowCount, 1);
});

test("an event that Stripe delivers again is counted, not kept twice, and wakes nobody", async () => {
  const wakesBefore = shop.wakes();
  await shop.door(letter(aBody("evt_again")), "pikkuna");
  const again = await shop.door(letter(aBody("evt_again")), "pikkuna");
  assert.equal(again.status, 200);
  assert.equal((await shop.kept("evt_again"))?.deliveries, 2);
  assert.equal(shop.wakes(), wakesBefore + 1);
});

test("the same event in 20 deliveries at once is one event, and all 20 hear 200", async () => {
  const body = aBody("evt_crowd");
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => shop.door(letter(body), "pikkuna")),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  assert.equal((await shop.kept("evt_crowd"))?.deliveries, 20);
  const due = await shop.db.query("select 1 from due where subject = 'event/stripe/evt_crowd'");
  assert.equal(due.rowCount, 1);
});

test("while a secret is rolled, what is signed with the old one is accepted", async () => {
  const body = aBody("evt_rolled");
  const header = signed(body, undefined, "whsec_old_endpoint");
  assert.equal((await shop.door(letter(body, header), "pikkuna")).status, 200);
  assert.equal((await shop.kept("evt_rolled"))?.disposition, "received");
});

const foreign: readonly (readonly [what: string, more: Readonly<Record<string, unknown>>])[] = [
  ["live money while we test", { livemode: true }],
  ["another account", { account: "acct_somebodyElse" }],
  ["a type that nobody knows", { type: "brand.new_thing" }],
  ["an API version yet to come", { api_version: "2031-01-01.zeppelin" }],
];

for (const [index, [what, more]] of foreign.entries()) {
  test(`an event of ${what} is recorded; whether it is ours is decided later`, async () => {
    const id = `evt_foreign_${index}`;
    assert.equal((await shop.door(letter(aBody(id, more)), "pikkuna")).status, 200);
    assert.equal((await shop.kept(id))?.disposition, "received");
  });
}

test("of two ids in one event the last one counts, and the raw body is kept", async () => {
  const body = aBody("evt_a").replace('{"id":"evt_a"', '{"id":"evt_a","id":"evt_b"');
  assert.equal((await shop.door(letter(body), "pikkuna")).status, 200);
  assert.equal(await shop.kept("evt_a"), undefined);
  assert.match(Buffer.from((await shop.kept("evt_b"))?.body ?? []).toString(), /"evt_a","id"/);
});

test("NUL, half characters and poisoned keys in an event do no harm, and are kept as they came", async () => {
  const nasty = '"n":"\\u0000\\ud800","__proto__":{"polluted":1},"constructor":{"prototype":1},';
  const body = aBody("evt_nasty").replace('"type"', `${nasty}"type"`);
  assert.equal((await shop.door(letter(body), "pikkuna")).status, 200);
  assert.equal(Buffer.from((await shop.kept("evt_nasty"))?.body ?? []).toString(), body);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

const whole = aBody("evt_unreadable");
const unreadable: readonly (readonly [what: string, body: string])[] = [
  ["a byte order mark before it", `\uFEFF${whole}`],
  ["no JSON in it", "hello"],
  ["its end cut off", whole.slice(0, 60)],
  ["200,000 nested arrays", `{"object":"event","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
  ["an infinite date", whole.replace(/"created":\d+/, '"created":1e400')],
  ["a fractional date", whole.replace(/"created":\d+/, '"created":0.1')],
  ["a date before all dates", whole.replace(/"created":\d+/, '"created":-1')],
  ["a date beyond all integers", whole.replace(/"created":\d+/, '"created":9007199254740993')],
  ["a date in quotes", whole.replace(/"created":\d+/, '"created":"12"')],
];

for (const [what, body] of unreadable) {
  test(`a signed event with ${what} is quarantined under its digest, and a person is told`, async () => {
    const alertsBefore = await shop.count("alert");
    const id = `sha256:${createHash("sha256").update(body).digest("hex")}`;
    for (const _delivery of [1, 2]) {
      assert.equal((await shop.door(letter(body), "pikkuna")).status, 200);
    }
    const kept = await shop.kept(id);
    assert.equal(kept?.disposition, "quarantined");
    assert.equal(kept?.deliveries, 2);
    assert.ok(kept?.reason, "it says why");
    const alerts = await shop.alerts();
    assert.equal(alerts.length, alertsBefore + 1, "one alert, not one for each delivery");
    assert.match(alerts.at(-1)?.lines.join() ?? "", new RegExp(id));
    const due = await shop.db.query("select 1 from due where subject = $1", [`event/stripe/${id}`]);
    assert.equal(due.rowCount, 0, "nobody works on what nobody can read");
  });
}

test("an event that is surely on disk is answered from memory, without the database", async () => {
  const ledger = { recordEvent: () => Promise.reject(new Error("must not be asked")) };
  const seen = { has: async (s: string) => s === "event/stripe/evt_seen", add: async () => {} };
  const made = Math.floor(doorNow.getTime() / 1000);
  const hourAgo = letter(aBody("evt_seen", { created: made - 3600 }));
  assert.equal((await shop.doorWith({ ledger, seen })(hourAgo, "pikkuna")).status, 200);
  assert.equal(await shop.kept("evt_seen"), undefined);
});

test("of an event that was just made the memory is not asked", async () => {
  const asked: string[] = [];
  const has = async (subject: string) => asked.push(subject) > 0;
  const door = shop.doorWith({ seen: { has, add: async () => {} } });
  assert.equal((await door(letter(aBody("evt_young")), "pikkuna")).status, 200);
  assert.equal((await shop.kept("evt_young"))?.deliveries, 1);
  assert.deepEqual(asked, []);
});

test("an unsigned event is refused although its id was seen", async () => {
  const seen = { has: async () => true, add: async () => {} };
  const door = shop.doorWith({ seen });
  assert.equal((await door(letter(aBody("evt_forged"), null), "pikkuna")).status, 400);
});

test("the memory learns of an event only when another connection could read it from disk", async () => {
  const added: Promise<[subject: string, isOnDisk: boolean]>[] = [];
  const isOnDisk = async (subject: string): Promise<[string, boolean]> => [
    subject,
    (await shop.kept("evt_order_of_things")) !== undefined,
  ];
  const seen = {
    has: async () => false,
    add: async (subject: string) => void added.push(isOnDisk(subject)),
  };
  await shop.doorWith({ seen })(letter(aBody("evt_order_of_things")), "pikkuna");
  assert.deepEqual(await Promise.all(added), [["event/stripe/evt_order_of_things", true]]);
});

test("a memory that is down costs nothing: the event is recorded all the same", async () => {
  const down = () => Promise.reject(new Error("connect ECONNREFUSED"));
  const door = shop.doorWith({ seen: { has: down, add: down } });
  const old = letter(aBody("evt_no_redis", { created: 1_700_000_000 }));
  assert.equal((await door(old, "pikkuna")).status, 200);
  assert.equal((await shop.kept("evt_no_redis"))?.deliveries, 1);
});

const outages: readonly (readonly [what: string, error: Error])[] = [
  ["has a full disk", Object.assign(new Error("could not extend file"), { code: "53100" })],
  ["cannot be reached", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
];

for (const [what, error] of outages) {
  test(`when the database ${what}, Stripe is asked to come again and nothing is remembered`, async () => {
    const added: string[] = [];
    const wakesBefore = shop.wakes();
    const door = shop.doorWith({
      ledger: { recordEvent: () => Promise.reject(error) },
      seen: { has: async () => false, add: async (subject) => void added.push(subject) },
    });
    const answer = await door(letter(aBody("evt_outage")), "pikkuna");
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("retry-after"), "10");
    assert.deepEqual(added, []);
    assert.equal(shop.wakes(), wakesBefore);
    assert.equal(shop.failures.at(-1), error, "the operator hears why");
    assert.doesNotMatch(await answer.text(), /extend|connect/, "the answer says nothing of us");
  });
}

test("a database that was closed under the door is an outage, not an error of Stripe's", async () => {
  const { db, close } = await openTestDatabase();
  await close();
  const door = shop.doorWith({ ledger: sqlLedger(db) });
  assert.equal((await door(letter(aBody("evt_closed")), "pikkuna")).status, 503);
});
