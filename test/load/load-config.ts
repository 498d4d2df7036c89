// The shop of ordna.config.ts, for load: its providers have no limits, and each answers after so many milliseconds.
import { setTimeout as sleep } from "node:timers/promises";
import shop from "../../ordna.config.ts";
import type { Connector } from "../../src/connector-kit/connector.ts";
import type { RoleName } from "../../src/connector-kit/roles.ts";
import { defineConfig, type StoreConfig } from "../../src/shop/define-config.ts";

const latencyMs = Number(process.env.ORDNA_LOAD_LATENCY_MS ?? 0);

export default defineConfig({
  stores: Object.fromEntries(
    Object.entries(shop.stores).map(([name, store]) => [name, unlimited(store)]),
  ),
});

function unlimited(store: StoreConfig): StoreConfig {
  return {
    ...store,
    payments: late(store.payments),
    crm: late(store.crm),
    worklist: late(store.worklist),
    carrier: late(store.carrier),
    // Netvisor takes one invoice at a time: were it as slow as the others, its line would bound all workers together.
    accounting: late(store.accounting, 0),
    mail: late(store.mail),
    alerts: late(store.alerts),
    vatIds: late(store.vatIds),
  };
}

function late<Name extends RoleName>(
  connector: Connector<Name>,
  answersAfterMs = latencyMs,
): Connector<Name> {
  return {
    ...connector,
    connection: { ...connector.connection, limits: {} },
    simulate(kit) {
      const simulator = connector.simulate(kit);
      return {
        ...simulator,
        fetch: async (request) => {
          if (answersAfterMs > 0) await sleep(answersAfterMs);
          return simulator.fetch(request);
        },
      };
    },
  };
}
