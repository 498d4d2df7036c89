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
    accounting: late(store.accounting),
    mail: late(store.mail),
    alerts: late(store.alerts),
    vatIds: late(store.vatIds),
  };
}

function late<Name extends RoleName>(connector: Connector<Name>): Connector<Name> {
  return {
    ...connector,
    connection: { ...connector.connection, limits: {} },
    simulate(kit) {
      const simulator = connector.simulate(kit);
      return {
        ...simulator,
        fetch: async (request) => {
          if (latencyMs > 0) await sleep(latencyMs);
          return simulator.fetch(request);
        },
      };
    },
  };
}
