// A shop whose world remembers, for journeys that stop it, destroy what it knew, and start it again.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { listOrders, type OrderGlance } from "../../src/ledger/list-orders.ts";
import type { DemoOrder } from "../../src/sandbox/demo-orders.ts";
import { judge } from "../../src/sandbox/judge.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Environment, readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;
const patienceMs = 120_000;

export const verdict = (orders: readonly DemoOrder[], sandbox: Sandbox) =>
  judge(
    orders.map((order) => ({ ...order, isFree: false })),
    sandbox.records(),
  );

export const isDone = (order: OrderGlance) => order.state === "done";
export const hasDone =
  (...names: readonly string[]) =>
  ({ steps }: OrderGlance) =>
    names.every((name) => steps.find((step) => step.name === name)?.state === "done");

export interface Shop {
  readonly sandbox: Sandbox;
  /** The ledger, while it is open. */
  db(): Ordna["db"];
  open(): Promise<void>;
  close(): Promise<void>;
  pay(orders: readonly DemoOrder[]): void;
  /** Resolves to what brings it up again. */
  takeDown(provider: string): () => void;
  until(orders: readonly DemoOrder[], is: (order: OrderGlance) => boolean): Promise<void>;
}

/** One world that remembers, and an Ordna in it that is stopped and started. */
export async function openShop(env: Environment, world?: Sandbox): Promise<Shop> {
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = world ?? (await openSandbox(config, settings));
  const { simulators } = sandbox;
  let ordna: Ordna | undefined;
  return {
    sandbox,
    db: () => ordna?.db ?? assert.fail("it is closed"),
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
export function command(
  args: readonly string[],
  env: Environment,
): Promise<Record<string, unknown>> {
  const options = { env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (_error, stdout, stderr) => {
      const last = stdout.trimEnd().split("\n").at(-1) ?? "";
      resolve(last.startsWith("{") ? JSON.parse(last) : { error: stderr });
    });
  });
}
