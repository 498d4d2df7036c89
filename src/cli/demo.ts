import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineCommand } from "citty";
import { listOrders } from "../ledger/list-orders.ts";
import { type DemoOrder, demoOrders } from "../sandbox/demo-orders.ts";
import { playDemo } from "../sandbox/play-demo.ts";
import { openSandbox } from "../sandbox/sandbox.ts";
import { scoreOf } from "../sandbox/score.ts";
import { readSettings, type Settings } from "../settings.ts";
import { startOrdna } from "../start-ordna.ts";
import { demoTable } from "./demo-table.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, type Report, report, say } from "./report.ts";

const patienceMs = 300_000;

export const demoCommand = defineCommand({
  meta: {
    name: "demo",
    description: "24 orders through simulated providers, and what came of them",
  },
  args: {
    ...jsonArg,
    data: {
      type: "string",
      description: "Keep everything in this folder; a demo that was killed goes on there",
    },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const folder = args.data ?? mkdtempSync(join(tmpdir(), "ordna-demo-"));
      try {
        return await runDemo(folder);
      } finally {
        if (args.data === undefined) rmSync(folder, { recursive: true, force: true });
      }
    }),
});

async function runDemo(folder: string): Promise<Report> {
  const { config, settings } = await loadConfig(demoSettings(folder));
  const sandbox = await openSandbox(config, settings);
  const errors: string[] = [];
  const ordna = await startOrdna({
    config,
    settings,
    role: "all",
    sandbox,
    simulators: sandbox.simulators,
    onProgress: (what) => say(`  ${what}`),
    onError: (error) => errors.push(error instanceof Error ? error.message : String(error)),
  });
  try {
    const [store = ""] = sandbox.shops;
    if (ordna.url) sandbox.deliverTo(ordna.url);
    const demo: readonly DemoOrder[] = demoOrders("a", new Date());
    const stage = {
      sandbox,
      store,
      orders: async () => (await listOrders(ordna.db, { limit: 200 })).orders,
      onScene: (what: string) => say(`  ${what}`),
    };
    const played = await playDemo(stage, demo, patienceMs);
    const { score, findings, isTrue } = scoreOf(demo, played.orders, sandbox.records());
    const text = [demoTable(demo, played.orders), ...findings, ...new Set(errors)].join("\n");
    return { isTrue, text, json: { ...score } };
  } finally {
    await sandbox.stopDelivering();
    await ordna.close();
    await sandbox.close();
  }
}

/** No key of a real provider is ever read, and nothing outside the folder is touched. */
function demoSettings(folder: string): Settings {
  const { cacheFolder, configFile } = readSettings(process.env);
  return {
    ...readSettings({
      ORDNA_DATA: folder,
      ORDNA_PORT: "0",
      ORDNA_CACHE: cacheFolder,
      ORDNA_CONFIG: configFile,
      ORDNA_SANDBOX_PORT: "14801",
    }),
    publicUrl: "http://127.0.0.1:4700",
  };
}
