// What becomes of an e-mail after it was sent: from Mailgun's webhook to the order and to the people who must know.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sqlDeliveryLedger } from "../ledger/delivery-ledger.ts";
import { mailLetter, type OpenMailDoor, openMailDoor } from "./mail-door-for-tests.ts";

let shop: OpenMailDoor;

before(async () => {
  shop = await openMailDoor();
});
after(() => shop.close());

const statusOf = async (body: string, store = "pikkuna") =>
  (await shop.door(mailLetter(body), store)).status;

test("an e-mail that arrived is shown as delivered, and nobody is disturbed", async () => {
  const reference = await shop.mailed();
  assert.equal(await shop.deliveryOf(reference), undefined);
  assert.deepEqual(await shop.pass(1000), [200]);
  const delivery = await shop.deliveryOf(reference);
  assert.equal(delivery?.fate, "delivered");
  assert.equal(delivery?.why, null);
  assert.deepEqual(await shop.alertsOf(reference), []);
});

test("an e-mail that bounced needs a person, who reads which order, why, and what to do, and no address", async () => {
  const reference = await shop.mailed(["bounce"]);
  await shop.pass(1000);
  const delivery = await shop.deliveryOf(reference);
  assert.equal(delivery?.fate, "bounced");
  assert.match(delivery?.why ?? "", /^550 .*User unknown/);
  const [alert, ...others] = await shop.alertsOf(reference);
  assert.deepEqual(others, []);
  assert.equal(alert?.severity, "needs-you");
  assert.equal(alert?.title, `PK-10482 (${reference}): the e-mail "confirmation" bounced`);
  const lines = alert?.lines.join("\n") ?? "";
  assert.match(lines, /mailgun says: 550 .*User unknown/);
  assert.match(lines, /Ask the buyer for an address that works/);
  assert.doesNotMatch(JSON.stringify([alert, delivery]), /buyer@example|Example Buyer/i);
  const due = await shop.db.query(
    "select 1 from due d join alert a on d.subject = 'alert/' || a.id where a.reference = $1",
    [reference],
  );
  assert.equal(due.rowCount, 1, "the alert is on its way");
});

test("an e-mail that was reported as spam needs a person once, also when it had bounced elsewhere", async () => {
  const reference = await shop.mailed(["complaint"]);
  await shop.pass(1000);
  assert.equal((await shop.deliveryOf(reference))?.fate, "delivered");
  await shop.pass(1000);
  assert.equal((await shop.deliveryOf(reference))?.fate, "complained");
  const [alert, ...others] = await shop.alertsOf(reference);
  assert.match(alert?.title ?? "", /reported the e-mail "confirmation" as spam$/);
  assert.deepEqual(others, []);
});

test("an e-mail that is late is shown so until it arrives, and nobody is disturbed", async () => {
  const reference = await shop.mailed(["delayed"]);
  await shop.pass(1000);
  assert.equal((await shop.deliveryOf(reference))?.fate, "delayed");
  await shop.pass(1000);
  assert.equal((await shop.deliveryOf(reference))?.fate, "delivered");
  assert.deepEqual(await shop.alertsOf(reference), []);
});

for (const mood of ["delayed", "complaint"]) {
  test(`${mood}: told backwards and twice, the worst counts, and nothing un-bounces`, async () => {
    const reference = await shop.mailed([mood, "webhooks-twice", "webhooks-backwards"]);
    await shop.pass(1000);
    const worst = mood === "delayed" ? "delivered" : "complained";
    assert.equal((await shop.deliveryOf(reference))?.fate, worst, "the end is told first");
    assert.deepEqual(await shop.pass(1000), [200, 200]);
    assert.equal((await shop.deliveryOf(reference))?.fate, worst);
    assert.equal(await shop.reportsOf(reference), 2, "what came twice is kept once");
    assert.equal((await shop.alertsOf(reference)).length, mood === "complaint" ? 1 : 0);
  });
}

test("an e-mail that was delivered after it had bounced stays bounced", async () => {
  const reference = await shop.mailed(["bounce"]);
  const [bounce = ""] = shop.letters(reference);
  const copy = await shop.mailed();
  const [delivered = ""] = shop.letters(copy);
  const ofTheSame = delivered
    .replaceAll(copy, reference)
    .replaceAll(copy.toLowerCase(), reference.toLowerCase());
  await statusOf(bounce);
  await statusOf(ofTheSame);
  assert.equal(await shop.reportsOf(reference), 2);
  assert.equal((await shop.deliveryOf(reference))?.fate, "bounced");
  assert.equal((await shop.alertsOf(reference)).length, 1);
});

test("the same webhook in 20 deliveries at once is one report and one alert, and all hear 200", async () => {
  const reference = await shop.mailed(["bounce"]);
  const [letter = ""] = shop.letters(reference);
  const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(letter)));
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal(await shop.reportsOf(reference), 1);
  assert.equal((await shop.alertsOf(reference)).length, 1);
});

test("a token is believed once: what was signed for one event tells nothing else", async () => {
  const reference = await shop.mailed();
  const [letter = ""] = shop.letters(reference);
  assert.equal(await statusOf(letter), 200);
  const data = { ...JSON.parse(letter)["event-data"], event: "complained", id: "another" };
  const forged = JSON.stringify({ ...JSON.parse(letter), "event-data": data });
  assert.equal(await statusOf(forged), 200);
  assert.equal((await shop.deliveryOf(reference))?.fate, "delivered");
  assert.deepEqual(await shop.alertsOf(reference), []);
});

test("ids of events come again on another day, and are another event then", async () => {
  const reference = await shop.mailed(["delayed", "webhooks-twice"]);
  const [first = "", second = ""] = shop.letters(reference);
  const { timestamp } = JSON.parse(second)["event-data"];
  const dayLater = second.replace(`"timestamp":${timestamp}`, `"timestamp":${timestamp + 86_400}`);
  assert.notEqual(dayLater, second);
  await statusOf(first);
  await statusOf(dayLater);
  assert.equal(await shop.reportsOf(reference), 2);
});

test("news that come before the answer to our own request are kept all the same", async () => {
  const reference = await shop.mailed([], false);
  await shop.pass(1000);
  assert.equal((await shop.deliveryOf(reference))?.fate, "delivered");
});

test("news of an order's e-mail are no news to another store, ledger, account or message", async () => {
  const reference = await shop.mailed();
  const [letter = ""] = shop.letters(reference);
  assert.equal(await statusOf(letter, "other"), 200);
  assert.equal(await shop.reportsOf(reference), 0, "another store");

  const stranger = letter
    .replaceAll(reference, "ZZZZZZZZZZ1234")
    .replaceAll(reference.toLowerCase(), "zzzzzzzzzz1234");
  assert.equal(await statusOf(stranger), 200, "an order that this ledger does not know");

  const another = sqlDeliveryLedger(shop.db);
  const { key, messageId } = { key: `${reference}-confirmation`, messageId: "order-x@example.com" };
  const report = { token: "t", eventId: "e", at: "2026-11-23T12:00:00Z", fate: "bounced" } as const;
  const told = { ...report, reference, key, messageId };
  const ours = { store: "pikkuna", account: "mailgun:mg.example.com" };
  assert.equal(await another.recordDelivery(ours, told), "unknown", "another message");
  const right = { ...told, messageId: `order-${key.toLowerCase()}@mg.example.com` };
  const elsewhere = { ...ours, account: "mailgun:mg.example.org" };
  assert.equal(await another.recordDelivery(elsewhere, right), "unknown", "another account");
  assert.equal(await another.recordDelivery(ours, right), "recorded", "and ours is");
});

test("while the database is away Mailgun is told to come again, and nothing is lost", async () => {
  const reference = await shop.mailed(["bounce"]);
  const [letter = ""] = shop.letters(reference);
  const away = shop.doorWith({
    ledger: {
      recordDelivery: async () => {
        throw new Error("the database is away");
      },
    },
  });
  assert.equal((await away(mailLetter(letter), "pikkuna")).status, 503);
  assert.equal(shop.failures.length, 1);
  assert.equal(await statusOf(letter), 200);
  assert.equal((await shop.alertsOf(reference)).length, 1);
});

test("who may not tell anything changes nothing, and Mailgun hears whether to come again", async () => {
  const reference = await shop.mailed();
  const [letter = ""] = shop.letters(reference);
  const unsigned = letter.replace(/"signature":"[0-9a-f]{64}"/, `"signature":"${"0".repeat(64)}"`);
  const cases: readonly (readonly [
    what: string,
    request: Request,
    store: string,
    status: number,
  ])[] = [
    ["a forged signature", mailLetter(unsigned), "pikkuna", 400],
    ["an unknown store", mailLetter(letter), "nobody", 404],
    ["a store without a signing key", mailLetter(letter), "deaf", 503],
    ["a GET", mailLetter("", {}, "GET"), "pikkuna", 405],
    ["a form", mailLetter(letter, { "content-type": "text/plain" }), "pikkuna", 415],
    ["compressed", mailLetter(letter, { "content-encoding": "gzip" }), "pikkuna", 415],
    ["a large one", mailLetter(letter + " ".repeat(1024 * 1024)), "pikkuna", 413],
    ["nothing", mailLetter(""), "pikkuna", 400],
  ];
  for (const [what, request, store, status] of cases) {
    const answer = await shop.door(request, store);
    assert.equal(answer.status, status, what);
    assert.doesNotMatch(await answer.text(), /key-simulated/);
  }
  assert.match(shop.heard.join("\n"), /pikkuna: It is not signed with our webhook signing key/);
  assert.equal(await shop.reportsOf(reference), 0);
  const tooOld = shop.doorWith({ now: () => new Date("2026-11-25T12:00:00Z") });
  assert.equal((await tooOld(mailLetter(letter), "pikkuna")).status, 406, "it need not come again");
  assert.equal(await statusOf(letter), 200);
});

test("a secret or a name that a mail server repeats is neither kept nor told", async () => {
  const reference = await shop.mailed(["bounce"]);
  const [letter = ""] = shop.letters(reference);
  const words = "User unknown: hunter2 of Example Buyer, Mannerheimintie 12 A 3\\u0000";
  const told = letter.replace(/"message":"5\.1\.1[^"]*"/, `"message":"${words}"`);
  assert.equal(await statusOf(told), 200);
  const kept = JSON.stringify([await shop.deliveryOf(reference), await shop.alertsOf(reference)]);
  assert.match(kept, /User unknown: \[secret\] of/);
  assert.doesNotMatch(kept, /hunter2|Example Buyer|Mannerheimintie/);
});

test("what was told of an e-mail is permanent: the database takes nothing back", async () => {
  const reference = await shop.mailed(["bounce"]);
  await shop.pass(1000);
  const run = [`${reference}-paid`];
  const better = "update delivery_report set fate = 'delivered' where run = $1";
  await assert.rejects(shop.db.query(better, run), /permanent/);
  await assert.rejects(shop.db.query("delete from delivery_report where run = $1", run));
});
