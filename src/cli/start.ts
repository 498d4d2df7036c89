// `npm start`: Ordna with whatever keys there are, and a sandbox with demo orders where there are none.
import { defineCommand } from "citty";
import { listOrders } from "../ledger/list-orders.ts";
import { demoOrders } from "../sandbox/demo-orders.ts";
import { playDemo } from "../sandbox/play-demo.ts";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { scoreOf } from "../sandbox/score.ts";
import { type Ordna, startOrdna } from "../start-ordna.ts";
import { loadConfig } from "./load-config.ts";
import { say } from "./report.ts";
import { untilStopped } from "./until-stopped.ts";

const patienceMs = 180_000;

export const startCommand = defineCommand({
  meta: { name: "start", description: "Start Ordna here, with demo orders in the sandbox" },
  async run() {
    const startedAt = performance.now();
    try {
      const { config, settings } = await loadConfig();
      const sandbox = await openSandbox(config, settings);
      const ordna = await startOrdna({
        config,
        settings,
        role: "all",
        sandbox,
        simulators: sandbox.simulators,
        onProgress: (what) => say(`  Database   ${what}`),
        kill: killable(),
        onError: (error) => say(`  ! ${error instanceof Error ? error.message : String(error)}`),
        onDead: (error) => {
          say(`  ! ${error.message}`);
          process.exit(1);
        },
      });
      introduce(ordna, sandbox, performance.now() - startedAt);
      if (ordna.url) sandbox.deliverTo(ordna.url);
      const stopped = untilStopped();
      if (sandbox.isComplete) await Promise.race([demonstrate(ordna, sandbox), stopped]);
      await stopped;
      say("\n  Stopping: what was begun is finished first.");
      await sandbox.stopDelivering();
      await ordna.close();
      await sandbox.close();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    }
  },
});

/** Whoever started us by `npm start` starts us again when we are killed after this word. */
function killable(): (() => void) | undefined {
  if (!process.send) return undefined;
  return () => process.send?.("start me again", () => process.kill(process.pid, "SIGKILL"));
}

function introduce(ordna: Ordna, sandbox: Sandbox, tookMs: number): void {
  const simulated = [...sandbox.simulators.values()];
  const ports = simulated.map(({ url }) => new URL(url).port);
  const database = ordna.databaseKind === "embedded" ? "embedded PostgreSQL" : "PostgreSQL";
  const queue = ordna.queueKind === "redis" ? "BullMQ on Redis" : "the ledger itself";
  say(`  Database   ${database}`);
  say(`  Queue      ${queue}`);
  if (simulated.length > 0) {
    say(`  Simulated  ${simulated.map((s) => s.simulator.provider).join(" ")}`);
    say(
      `             on 127.0.0.1:${ports[0]}-${ports.at(-1)}${sandbox.isComplete ? " (nothing leaves this machine)" : ""}`,
    );
  }
  say(`  Ready in   ${(tookMs / 1000).toFixed(1)} s`);
  say();
  say(`  Open the page:  ${ordna.pageLink}`);
  if (ordna.queueKind === "redis") say(`  Queue board:    ${ordna.url}/queues`);
  say();
}

/** Plays the demo once: the payments of a demo that is over, or was killed, are there already. */
async function demonstrate(ordna: Ordna, sandbox: Sandbox): Promise<void> {
  const [store = ""] = sandbox.shops;
  const demo = demoOrders("start", new Date());
  const orders = async () => (await listOrders(ordna.db, { limit: 200 })).orders;
  const before = sandbox.acknowledged(store);
  const isOver = demo.every(({ payment }) =>
    payment.events.some(({ event }) => before.has(event.id)),
  );
  if (isOver) {
    say("  The demo orders of an earlier start are here; they go on where they stopped.");
    say("  One more:  npm run --silent ordna -- send order-eur-inclusive --new");
    return;
  }
  const stage = { sandbox, store, orders, onScene: (what: string) => say(`  ${what}`) };
  say("  Demo orders");
  const played = await playDemo(stage, demo, patienceMs);
  const { score, findings } = scoreOf(demo, played.orders, sandbox.records());
  say();
  say(
    `    ${String(score.done).padStart(3)}  done, nobody touched them       label, invoice and e-mail made`,
  );
  say(
    `    ${String(score.attention).padStart(3)}  need you                        PostNord refused the service`,
  );
  if (score.waiting > 0) say(`    ${String(score.waiting).padStart(3)}  waiting`);
  say(
    `         ${score.lost} lost, ${score.duplicates} duplicates: counted in the simulated providers' own records`,
  );
  for (const finding of findings) say(`    ! ${finding}`);
  say();
  say("  Try:  npm run --silent ordna -- orders list");
  say("        npm run --silent ordna -- send order-bare-payment-intent");
  say("        Ctrl-C stops; npm start goes on where it stopped.");
}
