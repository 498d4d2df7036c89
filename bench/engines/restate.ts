// Restate: its server beside this process, a handler with five durable steps, and an idempotency key for each letter.
// https://docs.restate.dev/develop/ts/durable-steps
import { spawn } from "node:child_process";
import { createServer } from "node:http2";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as restate from "@restatedev/restate-sdk";
import { Pool } from "undici";
import { freePort } from "../../scripts/test-services.mjs";
import type { StartEngine } from "./engine.ts";
import { plainHttp } from "./plain-http.ts";
import { type PlainSteps, plainSteps } from "./plain-steps.ts";
import { readLetter } from "./stripe-letter.ts";

export const start: StartEngine = async (surroundings, done) => {
  const { providersUrl, folder } = surroundings;
  const [endpointPort, adminPort, ingressPort, nodePort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const steps = plainSteps(plainHttp("undici", providersUrl));
  const endpoint = createServer(
    restate.createEndpointHandler({ services: [orders(steps, done)], logger: () => {} }),
  );
  await new Promise<void>((resolve) => endpoint.listen(endpointPort, "127.0.0.1", resolve));
  const server = startServer(folder, { adminPort, ingressPort, nodePort });
  await register(`http://127.0.0.1:${adminPort}`, `http://127.0.0.1:${endpointPort}`);
  const ingress = new Pool(`http://127.0.0.1:${ingressPort}`, { pipelining: 1 });
  return {
    processes: { restate: server.pid ?? 0 },
    async handle(request) {
      const letter = await readLetter(request);
      if (!letter) return new Response("The signature is not valid.", { status: 400 });
      const answer = await ingress.request({
        method: "POST",
        path: "/orders/process/send",
        headers: { "content-type": "application/json", "idempotency-key": letter.event },
        body: JSON.stringify(letter.payment),
      });
      await answer.body.dump();
      return new Response("Queued", { status: answer.statusCode < 300 ? 200 : 500 });
    },
    async close() {
      server.kill("SIGKILL");
      await ingress.destroy();
      endpoint.close();
    },
  };
};

function orders(steps: PlainSteps, done: (payment: string) => void) {
  return restate.service({
    name: "orders",
    handlers: {
      process: async (ctx: restate.Context, payment: string) => {
        const { order, dealId } = await ctx.run("deal", async () => {
          const order = await steps.readOrder(payment);
          return { order, ...(await steps.deal(order)) };
        });
        await ctx.run("production-row", () => steps.productionRow(order));
        const { trackingNumber } = await ctx.run("booking", () => steps.booking(order));
        const { invoiceNumber } = await ctx.run("invoice", () =>
          steps.invoice(order, trackingNumber),
        );
        await ctx.run("confirmation", () =>
          steps.confirmation(order, trackingNumber, invoiceNumber),
        );
        done(payment);
        return { dealId, trackingNumber, invoiceNumber };
      },
    },
  });
}

interface Ports {
  readonly adminPort: number;
  readonly ingressPort: number;
  readonly nodePort: number;
}

/** As it comes, but on loopback alone and without telemetry. */
function startServer(folder: string, { adminPort, ingressPort, nodePort }: Ports) {
  const server = spawn(serverProgram(), ["--base-dir", folder, "--node-name", "bench"], {
    env: {
      ...process.env,
      RUST_LOG: "error",
      DO_NOT_TRACK: "1",
      RESTATE_DISABLE_TELEMETRY: "true",
      RESTATE_LISTEN_MODE: "tcp",
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${adminPort}`,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingressPort}`,
      RESTATE_BIND_ADDRESS: `127.0.0.1:${nodePort}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${nodePort}`,
    },
    stdio: "ignore",
  });
  process.on("exit", () => server.kill("SIGKILL"));
  return server;
}

function serverProgram(): string {
  const names = `@restatedev/restate-server-${process.platform}-${process.arch}/package.json`;
  return join(createRequire(import.meta.url).resolve(names), "..", "bin", "restate-server");
}

/** Tells the server where the handler is; it takes seconds to come up. */
async function register(admin: string, uri: string): Promise<void> {
  let said = "";
  for (let tries = 0; tries < 300; tries++) {
    try {
      const answer = await fetch(`${admin}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri }),
      });
      said = await answer.text();
      if (answer.ok) return;
    } catch (thrown) {
      said = String(thrown);
    }
    await sleep(100);
  }
  throw new Error(`Restate did not take the handler: ${said}`);
}
