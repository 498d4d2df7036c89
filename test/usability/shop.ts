// A running shop: the shipped program with keys, in a process that can be killed; its simulated providers in this one.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { loadConfig } from "../../src/cli/load-config.ts";
import type { MisbehavingSimulator } from "../../src/connector-kit/misbehaviour.ts";
import type { PaymentSpec } from "../../src/connectors/stripe/payment-spec.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import type { StripeSimulator } from "../../src/connectors/stripe/simulator.ts";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { beat } from "../../src/ledger/vital-signs.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { openSandbox, type Sandbox, type SandboxRecord } from "../../src/sandbox/sandbox.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { type Environment, readSettings, type Settings } from "../../src/settings.ts";
import { freePort } from "../crash/free-port.ts";
import { places } from "../journey/places.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;
/** Providers as quick as their simulators, and as foreign as real ones. */
const configFile = new URL("../chaos/chaos-config.ts", import.meta.url).pathname;
const key = "terminal-key-of-this-test";
const patienceMs = 120_000;
const welcome = z.object({ link: z.string() });

export type Shop = Awaited<ReturnType<typeof openShop>>;

export async function openShop() {
  const place = places.at(0) ?? assert.fail("there is a place");
  const home = await place.settle(await freePort());
  const env = {
    ...home.env,
    ORDNA_SANDBOX_PORT: String(await freePort()),
    ORDNA_CONFIG: configFile,
    ORDNA_CONSOLE_KEY: key,
  };
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = await openSandbox(config, settings);
  await wasOff(settings);
  const url = settings.publicUrl;
  const asARealShop = { ...env, ...keysTo(sandbox) };
  const intents = new Map<string, string>();
  let child = await run(asARealShop, url);
  sandbox.deliverTo(url);

  const held = (reference: string, kind: string): readonly SandboxRecord[] =>
    sandbox.records().filter((one) => one.reference === reference && one.kind === kind);

  /** What the terminal is answered. */
  async function ask(path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url}/api${path}`, {
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }

  return {
    url,
    /** The link that lets the first owner in, as `ordna welcome` prints it. */
    welcomeLink: async () => welcome.parse(await ask("/welcome", {})).link,
    sandbox,
    held,
    ask,
    provider: (name: string): MisbehavingSimulator => {
      const found = [...sandbox.simulators.values()].find((s) => s.simulator.provider === name);
      return found?.simulator ?? assert.fail(`nobody simulates ${name}`);
    },
    /** Somebody pays; the result is the order's reference. */
    pay: (shopOrder: string, more: Partial<PaymentSpec> = {}): string => {
      const payment = aPayment(shopOrder, more);
      sandbox.pay("pikkuna", payment);
      const reference = referenceFor(payment.id);
      const intent = payment.objects.find(({ object }) => object === "payment_intent");
      intents.set(reference, intent?.id ?? "");
      return reference;
    },
    /** Somebody paid, and Stripe's message about it was lost. */
    payUnheard: (shopOrder: string, more: Partial<PaymentSpec> = {}): string => {
      const payment = { ...aPayment(shopOrder, more), events: [] };
      sandbox.pay("pikkuna", payment);
      return referenceFor(payment.id);
    },
    /** The shop gives all of it back, in Stripe. */
    refund: (reference: string): void => {
      const paymentIntent = intents.get(reference) ?? assert.fail("nobody paid that");
      stripeOf(sandbox).refund({ paymentIntent });
    },
    /** The order once `is` says so; fails with how it looked when the time is up. */
    orderWhen: async (reference: string, is: (order: OrderDetail) => boolean) => {
      const endsAt = performance.now() + patienceMs;
      let order: OrderDetail | undefined;
      do {
        order = await look(`${url}/api/orders/${reference}`);
        if (order && is(order)) return order;
        await sleep(150);
      } while (performance.now() < endsAt);
      assert.fail(`It never came to that: ${JSON.stringify(order)}`);
    },
    /** As a power cut does it. */
    kill: async () => {
      child.kill("SIGKILL");
      await gone(child);
    },
    startAgain: async () => {
      await gone(child);
      child = await run(asARealShop, url);
    },
    close: async () => {
      await sandbox.stopDelivering();
      child.kill("SIGTERM");
      await gone(child);
      await sandbox.close();
      await home.remove();
    },
  };
}

function stripeOf({ simulators }: Sandbox): StripeSimulator {
  const found = [...simulators.values()].map(({ simulator }) => simulator).find(isStripe);
  return found ?? assert.fail("Stripe is not simulated");
}

const isStripe = <Any extends object>(simulator: Any): simulator is Any & StripeSimulator =>
  "webhooks" in simulator && "refund" in simulator;

export const daysOff = 4;

/** As a server leaves it behind that was switched off some days ago. */
async function wasOff(settings: Settings): Promise<void> {
  const db = await openLedgerDatabase(settings);
  await beat(db);
  await db.query(
    "update installation set value = (value::float - $1::float)::text where name = 'worker-heartbeat'",
    [daysOff * 24 * 3600],
  );
  await db.close();
}

/** Where the providers are, and what they take, as a shop sets it. */
function keysTo({ simulators }: Sandbox): Environment {
  const variables = [...simulators].flatMap(([connector, { url, simulator }]) => [
    [`ORDNA_${connector.provider.toUpperCase()}_URL`, url],
    ...Object.entries({ ...connector.optionalSecrets, ...connector.secrets })
      .filter(([name]) => simulator.secrets[name] !== undefined)
      .map(([name, { env }]) => [env, simulator.secrets[name]]),
  ]);
  return Object.fromEntries(variables);
}

/** Resolves when it takes orders. */
async function run(env: Environment, url: string): Promise<ChildProcess> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main, "serve"], {
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk) => {
      said = (said + String(chunk)).slice(-4000);
    });
  }
  const endsAt = performance.now() + patienceMs;
  while (performance.now() < endsAt && child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return child;
    await sleep(100);
  }
  child.kill("SIGKILL");
  assert.fail(`Ordna did not start: ${said}`);
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Undefined while it does not answer, or knows no such order yet. */
async function look(address: string): Promise<OrderDetail | undefined> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(address, { headers }).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}

/** Ids follow from the shop's own number. */
function aPayment(shopOrder: string, more: Partial<PaymentSpec>): SimulatedPayment {
  const id = shopOrder.toLowerCase().replaceAll(/\W/g, "_");
  const { buyer = shoppers.finnish.buyer, ...rest } = more;
  return simulatedPayment({
    ...shoppers.finnish,
    id,
    kind: "checkout",
    vatInclusive: true,
    metadata: { shop_order: shopOrder },
    createdAt: new Date(),
    ...rest,
    buyer: { email: `${id}@example.com`, ...buyer },
  });
}
