// The shop of ordna.config.ts, its providers as quick as their simulators: what is in doubt is looked up in seconds
// instead of minutes. They are reached by ORDNA_<PROVIDER>_URL and with keys, as real ones are.

import shop from "../../ordna.config.ts";
import type { Connector } from "../../src/connector-kit/connector.ts";
import type { RoleName } from "../../src/connector-kit/roles.ts";
import { memoryKit } from "../../src/connector-kit/simulator.ts";
import { defineConfig, type StoreConfig } from "../../src/shop/define-config.ts";

/** How long the witness may hide something new from a look, ms. */
export const lagMs = 1_000;
/** The least that a provider here may take to carry out what it was sent: the machine is busy, ms. */
const leastServerMs = 1_000;
const longestMs = 5_000;

/** Called by its variable only, never by its address: no key of the environment is ever used. */
export default defineConfig({ stores: mapValues(shop.stores, quickStore) });

function quickStore(store: StoreConfig): StoreConfig {
  return {
    ...store,
    payments: quick(store.payments),
    crm: quick(store.crm),
    worklist: quick(store.worklist),
    carrier: quick(store.carrier),
    accounting: quick(store.accounting),
    mail: quick(store.mail),
    alerts: quick(store.alerts),
  };
}

function quick<Name extends RoleName>(connector: Connector<Name>): Connector<Name> {
  const { connection } = connector;
  const { maxServerMs } = connector.simulate(memoryKit());
  return {
    ...connector,
    connection: {
      ...connection,
      deadlineMs: Math.min(connection.deadlineMs, longestMs),
      maxServerMs: Math.max(maxServerMs, leastServerMs),
      maxLagMs: lagMs,
    },
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
