// A backup is put back after the work went on. What the providers' simulators hold is the only judge.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { listOrders, type OrderGlance } from "../../src/ledger/list-orders.ts";
import { type DemoOrder, demoOrders } from "../../src/sandbox/demo-orders.ts";
import { judge } from "../../src/sandbox/judge.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Environment, readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";
import { takeBackup } from "./backup.ts";
import { type Place, places } from "./places.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;
const patienceMs = 120_000;

for (const [index, place] of places.entries()) {
  const port = 18_000 + index * 600;
  test(`after a restored backup nothing is lost and nothing is done twice, ${place.name}`, async () => {
    await withRestoredBackup(place, port, async ({ home, shop, late, all }) => {
      const shown = await command(["restore", "--json"], home);
      assert.equal(shown.restored, false);
      assert.equal(shown.orders, 6);
      const { restored, ...plan } = await command(["restore", "--yes", "--json"], home);
      assert.equal(restored, true);
      assert.deepEqual([plan.steps, plan.untried], [shown.steps, shown.untried]);
      await shop.open();
      await shop.until(all, isDone);
      const { lost, duplicates, findings } = verdict(all, shop.sandbox);
      assert.deepEqual(findings, []);
      assert.deepEqual([lost, duplicates], [0, 0]);
      const messages = shop.sandbox.records().filter(({ kind }) => kind === "alert");
      const told = (words: string) =>
        messages.filter(({ fields }) => JSON.stringify(fields).includes(words)).length;
      assert.equal(told("This installation was restored"), 1);
      assert.equal(told(`Orders that the backup did not know: ${late.length}`), 1);
    });
  });

  test(`a restored backup that nobody was told of does work twice, ${place.name}`, async () => {
    await withRestoredBackup(place, port + 300, async ({ shop, early, all }) => {
      await shop.open();
      await shop.until(early, isDone);
      assert.ok(verdict(all, shop.sandbox).duplicates >= 6, "the judge sees duplicates");
    });
  });
}

const verdict = (orders: readonly DemoOrder[], sandbox: Sandbox) =>
  judge(
    orders.map((order) => ({ ...order, isFree: false })),
    sandbox.records(),
  );

interface Restored {
  readonly home: Environment;
  readonly shop: Shop;
  /** Orders that the backup knows, in the middle of their way; their parcels and e-mails exist by now. */
  readonly early: readonly DemoOrder[];
  /** Orders that it does not know: all of them were done. */
  readonly late: readonly DemoOrder[];
  readonly all: readonly DemoOrder[];
}

/** Three orders wait for their invoices and three for their parcels when the backup is taken; then all goes on. */
async function withRestoredBackup(
  place: Place,
  port: number,
  judged: (restored: Restored) => Promise<void>,
): Promise<void> {
  const home = await place.settle(port);
  const shop = await openShop(home.env);
  const early = demoOrders("restored", new Date()).slice(0, 6);
  const [booked, unbooked] = [early.slice(0, 3), early.slice(3)];
  try {
    await shop.open();
    const accounting = shop.takeDown("netvisor");
    shop.pay(booked);
    await shop.until(booked, hasDone("deal", "production-row", "label"));
    const parcels = shop.takeDown("postnord");
    shop.pay(unbooked);
    await shop.until(unbooked, hasDone("deal", "production-row"));
    await shop.close();
    const backup = await takeBackup(home.env);
    try {
      accounting();
      parcels();
      await shop.open();
      // Paid now: what was paid before the first start is never entered by itself.
      const late = demoOrders("restored", new Date()).slice(6, 9);
      const all = [...early, ...late];
      shop.pay(late);
      await shop.until(all, isDone);
      const refused = await command(["restore", "--yes", "--json"], home.env);
      assert.match(String(refused.error), /^Another Ordna .*(Stop it|Stop every process)/);
      await shop.close();
      await backup.putBack();
      await judged({ home: home.env, shop, early, late, all });
    } finally {
      await shop.close();
      await backup.remove();
    }
  } finally {
    await shop.close();
    await shop.sandbox.close();
    await home.remove();
  }
}

const isDone = (order: OrderGlance) => order.state === "done";
const hasDone =
  (...names: readonly string[]) =>
  ({ steps }: OrderGlance) =>
    names.every((name) => steps.find((step) => step.name === name)?.state === "done");

interface Shop {
  readonly sandbox: Sandbox;
  open(): Promise<void>;
  close(): Promise<void>;
  pay(orders: readonly DemoOrder[]): void;
  /** Resolves to what brings it up again. */
  takeDown(provider: string): () => void;
  until(orders: readonly DemoOrder[], is: (order: OrderGlance) => boolean): Promise<void>;
}

/** One world that remembers, and an Ordna in it that is stopped and started. */
async function openShop(env: Environment): Promise<Shop> {
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = await openSandbox(config, settings);
  const { simulators } = sandbox;
  let ordna: Ordna | undefined;
  return {
    sandbox,
    async open() {
      const onError = (error: unknown) => assert.fail(String(error));
      ordna = await startOrdna({ config, settings, role: "all", sandbox, simulators, onError });
      sandbox.deliverTo(ordna.url ?? "");
    },
    async close() {
      await sandbox.stopDelivering();
      await ordna?.close();
      ordna = undefined;
    },
    pay(orders) {
      for (const { payment } of orders) sandbox.pay("pikkuna", payment);
    },
    takeDown(provider) {
      const found = [...simulators.values()].find((one) => one.simulator.provider === provider);
      assert.ok(found, provider);
      const times = Number.POSITIVE_INFINITY;
      return found.simulator.misbehave({ how: "unavailable", times, when: () => true });
    },
    async until(wanted, is) {
      const endsAt = performance.now() + patienceMs;
      for (;;) {
        assert.ok(ordna);
        const { orders } = await listOrders(ordna.db, { limit: 200 });
        const seen = wanted.map(({ reference }) => orders.find((o) => o.reference === reference));
        if (seen.every((order) => order && is(order))) return;
        const states = seen.map((o) => o?.steps.map(({ name, state }) => `${name} ${state}`));
        assert.ok(performance.now() < endsAt, JSON.stringify(states));
        await sleep(100);
      }
    },
  };
}

/** Runs a command of the terminal; gives its last line. */
function command(args: readonly string[], env: Environment): Promise<Record<string, unknown>> {
  const options = { env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (_error, stdout, stderr) => {
      const last = stdout.trimEnd().split("\n").at(-1) ?? "";
      resolve(last.startsWith("{") ? JSON.parse(last) : { error: stderr });
    });
  });
}
