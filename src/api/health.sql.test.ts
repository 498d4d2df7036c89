// Whoever watches is told the truth, and the files for watching name what there is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { beat } from "../ledger/vital-signs.ts";
import { attention, done, type OpenApp, openApp } from "./app-for-tests.ts";
import { metrics } from "./metrics.ts";

let shop: OpenApp;
before(async () => {
  shop = await openApp();
  await shop.open("AAAAAAAAAAWAITS");
  await shop.work("AAAAAAAAAAWAITS", "check", attention);
});
after(() => shop.close());

async function ready() {
  const answer = await shop.get("/readyz");
  return { status: answer.status, ...(await answer.json()) };
}

test("it is ready while a worker lives and nothing waits too long, and says what is wrong otherwise", async () => {
  assert.match((await ready()).checks.worker, /no worker was ever seen/);
  await beat(shop.db);
  assert.deepEqual(await ready(), {
    status: 200,
    ok: true,
    checks: { database: "ok", migrations: "ok", worker: "ok", queue: "ok" },
  });
  await shop.db.query(
    "update installation set value = (value::float - 90)::text where name = 'worker-heartbeat'",
  );
  const silent = await ready();
  assert.equal(silent.status, 503);
  assert.match(silent.checks.worker, /no worker was seen for 9\d seconds/);
  await beat(shop.db);
  await shop.db.query("insert into due (subject, due_at) values ('x', now() - interval '1 hour')");
  assert.match((await ready()).checks.queue, /due for 36\d\d seconds/);
  await shop.db.query("delete from due where subject = 'x'");
  await shop.db.query(
    "insert into schema_migration (number, name, sha256) values (9999, 'x', 'x')",
  );
  assert.match((await ready()).checks.migrations, /are applied/);
  await shop.db.query("delete from schema_migration where number = 9999");
});

test("a time in which nobody was at work is kept, and told with its days", async () => {
  const silences = async () => {
    const answer = await shop.get("/api/reports/days?days=4&timeZone=UTC");
    const { days } = await answer.json();
    return days.map((day: { silences: readonly unknown[] }) => day.silences.length);
  };
  assert.deepEqual(await silences(), [1, 0, 0, 0], "the 90 seconds of before");
  await shop.db.query(
    "update installation set value = (value::float - 2 * 86400)::text where name = 'worker-heartbeat'",
  );
  await Promise.all([beat(shop.db), beat(shop.db)]);
  assert.deepEqual(await silences(), [2, 1, 1, 0], "once, though two workers came back at once");
  await beat(shop.db);
  assert.deepEqual(await silences(), [2, 1, 1, 0]);
});

test("metrics count orders, steps, attempts, breakers, due work, hooks and webhooks", async () => {
  await shop.post("/webhooks/stripe/pikkuna", {});
  const text = await (await shop.get("/metrics")).text();
  assert.match(text, /^ordna_orders\{store="pikkuna",state="attention"\} 1$/m);
  assert.match(text, /^ordna_steps\{provider="ordna",state="attention"\} 1$/m);
  assert.match(text, /^ordna_attempts_total\{provider="ordna",verdict="rejected"\} 1$/m);
  assert.match(text, /^ordna_oldest_due_seconds \d/m);
  assert.match(text, /^ordna_webhook_seconds_count\{provider="stripe",status="\d+"\} 1$/m);
});

test("orders of days that are over are counted once, and told in whatever state they are now", async () => {
  const { db } = shop;
  const names = ["AAAAAAAAAADONE", "AAAAAAAAAAOPEN", "AAAAAAAAATODAY"];
  for (const name of names) await shop.open(name);
  await db.query(
    "update orders set created_at = created_at - interval '5 days' where reference = any ($1)",
    [names.slice(0, 2)],
  );
  const counted = async () => {
    const text = await metrics().read(db);
    const states = text.matchAll(/^ordna_orders\{store="pikkuna",state="(\w+)"\} (\d+)$/gm);
    return Object.fromEntries([...states].map(([, state, n]) => [state, Number(n)]));
  };
  const steps = "select name from step where run = $1 || '-paid' order by position";
  const finish = async (reference: string) => {
    const { rows } = await db.query<{ name: string }>(steps, [reference]);
    for (const { name } of rows) await shop.work(reference, name, done);
  };
  assert.deepEqual(await counted(), { attention: 1, open: 3 });
  await finish("AAAAAAAAAADONE");
  await finish("AAAAAAAAATODAY");
  assert.deepEqual(await counted(), { attention: 1, open: 1, done: 2 });
  const { rows } = await db.query<{ n: number }>("select n::float as n from order_tally");
  assert.deepEqual(rows, [{ n: 2 }], "both of the old day, in whatever state");
  // What is counted is not read again.
  await db.query("update order_tally set n = 12");
  assert.deepEqual(await counted(), { attention: 1, open: 1, done: 12 });
  await db.query("update order_tally set n = 2");
});

test("an open breaker, and how long the oldest work has waited, are told as they are", async () => {
  await shop.db.query(
    `insert into account (name, gate) values ('office:1', '{"breaker":{"state":"open"}}')`,
  );
  await shop.db.query(
    "insert into due (subject, due_at) values ('late', now() - interval '100 seconds')",
  );
  const text = await metrics().read(shop.db);
  assert.match(text, /^ordna_breaker_open\{account="office:1"\} 1$/m);
  const [, seconds] = /^ordna_oldest_due_seconds (\S+)$/m.exec(text) ?? [];
  assert.ok(Number(seconds) >= 100 && Number(seconds) < 160, seconds);
  await shop.db.query(`update account set gate = '{"breaker":{"state":"closed"}}'`);
  await shop.db.query("delete from due where subject = 'late'");
  const later = await metrics().read(shop.db);
  assert.match(later, /^ordna_breaker_open\{account="office:1"\} 0$/m);
  await shop.db.query("delete from account");
});

test("metrics are not for strangers", async () => {
  const locked = await openApp({ access: { key: "a key", isSecure: false } });
  assert.equal((await locked.get("/metrics")).status, 401);
  assert.equal((await locked.get("/metrics", { authorization: "Bearer a key" })).status, 200);
  await locked.close();
});

for (const file of ["grafana-dashboard.json", "alert-rules.yaml"]) {
  test(`every metric that ${file} names is there`, async () => {
    const text = readFileSync(new URL(`../../ops/${file}`, import.meta.url), "utf8");
    const named = new Set(text.match(/\b(?:ordna|process|nodejs)_\w+/g));
    assert.ok(named.size >= 5);
    const served = await (await shop.get("/metrics")).text();
    const known = new Set(
      [...served.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name, type]) =>
        type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [`${name}`],
      ),
    );
    for (const name of named) assert.ok(known.has(name), name);
    if (file.endsWith(".json")) assert.ok(JSON.parse(text).panels.length >= 8);
  });
}
