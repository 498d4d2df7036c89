// `ordna serve` as a process of its own with every secret set, and providers that repeat whatever they hear: what it
// writes and keeps is collected.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import { loadConfig } from "../../src/cli/load-config.ts";
import type { DemoOrder } from "../../src/sandbox/demo-orders.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { type Environment, readSettings } from "../../src/settings.ts";
import type { Place } from "../journey/places.ts";
import { type Impostor, impostor } from "./impostor.ts";
import { echoes } from "./repeat-everything.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;

export interface Spoken {
  readonly child: ChildProcess;
  output(): string;
}

/** `more`: what the place alone does not know, such as passwords. */
export async function openCanaryShop(
  place: Place,
  port: number,
  more: (env: Environment) => Promise<Environment>,
) {
  const home = await place.settle(port);
  const { config, settings } = await loadConfig(readSettings(home.env));
  const sandbox = await openSandbox(config, settings);
  const fronts: Impostor[] = [];
  const secrets: Record<string, string> = {};
  const env: Record<string, string | undefined> = {
    ...home.env,
    ORDNA_LOG: "debug",
    ORDNA_CONSOLE_KEY: "canary-of-the-page-key",
  };
  for (const [connector, { simulator }] of sandbox.simulators) {
    const front = await impostor(simulator, port + 150 + fronts.length * 5);
    fronts.push(front);
    // Each shop has its own: they are used up.
    for (const echo of echoes[connector.provider] ?? []) front.lie({ ...echo });
    env[`ORDNA_${connector.provider.toUpperCase()}_URL`] = front.url;
    for (const [name, { env: variable }] of Object.entries(connector.secrets)) {
      secrets[variable] = simulator.secrets[name] ?? "";
    }
  }
  Object.assign(env, secrets, await more(home.env));
  let life = speak(env);
  let before = "";
  const output = () => before + life.output();
  const url = `http://127.0.0.1:${port}`;
  const isUp = () => life.output().includes("Ordna runs");
  await until(isUp, output);
  const headers = {
    authorization: `Bearer ${env.ORDNA_CONSOLE_KEY}`,
    "content-type": "application/json",
  };
  const read = async (path: string) => (await fetch(`${url}/api/${path}`, { headers })).json();
  return {
    env,
    secrets: { ...secrets, ORDNA_CONSOLE_KEY: env.ORDNA_CONSOLE_KEY ?? "" },
    output,
    sandbox,
    fronts,
    home,
    deliver: async ({ payment }: DemoOrder) => {
      sandbox.pay("pikkuna", payment);
      for (const { event } of payment.events) {
        const body = JSON.stringify(event);
        const secret = secrets.STRIPE_WEBHOOK_SECRET ?? "";
        const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
        const init = { method: "POST", body, headers: { "stripe-signature": signature } };
        await fetch(`${url}/webhooks/stripe/pikkuna`, init);
      }
    },
    /** A delivery that nobody signed. */
    forge: (body: string) =>
      fetch(`${url}/webhooks/stripe/pikkuna?apikey=${secrets.POSTNORD_API_KEY}`, {
        method: "POST",
        body,
        headers: { "stripe-signature": `t=1,v1=${secrets.STRIPE_WEBHOOK_SECRET}` },
      }),
    orders: async (): Promise<
      { state: string; steps: { state: string; message: string | null }[] }[]
    > => {
      return (await read("orders?limit=200")).orders;
    },
    startAgain: async () => {
      await end(life);
      before = output();
      life = speak(env);
      await until(isUp, output);
    },
    /** A person says that every key was mended: whoever refused one is asked again at once. */
    probeAll: async () => {
      for (const { account } of (await read("accounts")).accounts) {
        const body = JSON.stringify({ account });
        await fetch(`${url}/api/accounts/probe`, { method: "POST", headers, body });
      }
    },
    end: () => end(life),
    close: async () => {
      if (life.child.exitCode === null) life.child.kill("SIGKILL");
      for (const front of fronts) await front.close();
      await sandbox.close();
      await home.remove();
    },
  };
}

async function end({ child }: Spoken): Promise<void> {
  child.kill("SIGTERM");
  const gone = once(child, "exit");
  const tooLate = sleep(60_000, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
  await Promise.race([gone, tooLate]);
}

function speak(env: Environment): Spoken {
  const child = spawn(process.execPath, [main, "serve"], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  return { child, output: () => output };
}

export async function until(
  isTrue: () => boolean | Promise<boolean>,
  why: () => string,
): Promise<void> {
  const endsAt = performance.now() + 120_000;
  while (!(await isTrue())) {
    if (performance.now() > endsAt) throw new Error(`It never happened. ${why()}`);
    await sleep(100);
  }
}
