// Buys something in examples/nextjs-store as a browser would, and counts what the simulated providers hold of it.
// Started by scripts/example.mjs, which builds the shop.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findPostgres } from "../../scripts/find-program.mjs";
import { freePort, newCluster, runPostgres } from "../../scripts/test-services.mjs";
import { loadConfig } from "../../src/cli/load-config.ts";
import { untilStopped } from "../../src/cli/until-stopped.ts";
import { listOrders } from "../../src/ledger/list-orders.ts";
import { judge } from "../../src/sandbox/judge.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { readSettings } from "../../src/settings.ts";
import { startOrdna } from "../../src/start-ordna.ts";

const shopFolder = join(import.meta.dirname, "../../examples/nextjs-store");
const patienceMs = 120_000;
const { values } = parseArgs({
  options: { stay: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
});
const closing: (() => unknown)[] = [];

try {
  const played = await play();
  if (values.json) console.log(JSON.stringify(played));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const close of closing.reverse()) await close();
}

async function play() {
  const data = mkdtempSync(join(tmpdir(), "ordna-example-"));
  closing.push(() => rmSync(data, { recursive: true, force: true }));
  const databaseUrl = await postgres();
  const env = {
    ORDNA_DATA: data,
    DATABASE_URL: databaseUrl,
    ORDNA_SANDBOX_PORT: String(await freePort()),
  };
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = await openSandbox(config, settings);
  closing.push(sandbox.close);
  const { simulators } = sandbox;
  const onError = (error: unknown) => console.error(error);
  const worker = await startOrdna({
    config,
    settings,
    role: "worker",
    sandbox,
    simulators,
    onError,
  });
  closing.push(worker.close);

  const stripe = [...simulators.values()].find(({ role }) => role === "payments");
  assert.ok(stripe, "Stripe is simulated");
  const shop = await startShop({
    DATABASE_URL: databaseUrl,
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.simulator.secrets.secretKey ?? "",
    STRIPE_WEBHOOK_SECRET: stripe.simulator.secrets.webhookSecrets ?? "",
  });
  sandbox.deliverTo(() => `${shop}/api/webhooks/stripe`);
  console.log(`  The shop is at ${shop}`);
  const thanks = await buy(shop);
  const order = await until(async () =>
    (await listOrders(worker.db, { limit: 5 })).orders.find(({ state }) => state === "done"),
  );
  const expected = {
    reference: order.reference,
    email: "shopper@example.com",
    expected: "done",
    isFree: false,
  } as const;
  const { lost, duplicates, findings } = judge([expected], sandbox.records());
  const parcel = sandbox.records().find(({ kind }) => kind === "shipment");
  console.log(`  ${thanks}\n  Order ${order.reference} is done; parcel ${parcel?.id}.`);
  for (const finding of findings) console.log(`  ${finding}`);
  assert.deepEqual([lost, duplicates], [0, 0], "one of each");
  if (values.stay) {
    console.log("  It stays open: Ctrl-C ends it.");
    await untilStopped();
  }
  return { orders: 1, done: 1, lost, duplicates };
}

async function postgres(): Promise<string> {
  const bin = findPostgres();
  if (!bin) {
    throw new Error(
      "The shop's door needs PostgreSQL, and its programs are not here: apt-get install postgresql.",
    );
  }
  const cluster = await newCluster(bin);
  const port = await freePort();
  const { stop } = await runPostgres(bin, cluster, { port, signal: "INT", folder: cluster.folder });
  closing.push(stop);
  return `postgres://ordna@127.0.0.1:${port}/postgres`;
}

/** Resolves to its address when it answers. */
async function startShop(env: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const next = join(shopFolder, "node_modules/next/dist/bin/next");
  const args = [next, "start", "--hostname", "127.0.0.1", "--port", String(port)];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: shopFolder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      SHOP_URL: url,
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  closing.push(async () => {
    if (child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  });
  await until(async () => (await fetch(url).catch(() => undefined))?.ok || undefined);
  return url;
}

/** What the shopper reads at the end. */
async function buy(shop: string): Promise<string> {
  const manual = { method: "POST", redirect: "manual" } as const;
  const cart = new URLSearchParams({ curtain: "2", rail: "1" });
  const checkout = (await fetch(`${shop}/checkout`, { ...manual, body: cart })).headers.get(
    "location",
  );
  assert.match(checkout ?? "", /\/simulated-checkout\//);
  const page = await (await fetch(checkout ?? "")).text();
  assert.match(page, /Pay 126\.60 EUR/);
  const buyer = new URLSearchParams({
    email: "shopper@example.com",
    name: "Testi Ostäjä",
    phone: "+358401234567",
    line1: "Hämeenkatu 10 B 4",
    postalCode: "33100",
    city: "Tampere",
    country: "FI",
  });
  const paid = (await fetch(checkout ?? "", { ...manual, body: buyer })).headers.get("location");
  assert.ok(paid?.startsWith(`${shop}/thanks?session_id=cs_test_`), String(paid));
  const thanks = await (await fetch(paid ?? "")).text();
  const [said] = /We got [^<]*/.exec(thanks.replaceAll("<!-- -->", "")) ?? assert.fail(thanks);
  return said;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const endsAt = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > endsAt)
      throw new Error(`It did not come to that in ${patienceMs / 1000} s.`);
    await sleep(200);
  }
}
