import type { Connection } from "../connector-kit/action.ts";
import { tellOutage } from "./tell-outage.ts";
import type { World } from "./world.ts";

/** Calls in who waits in line at the account; resolves to when to look again, ms; undefined when nobody waits. */
export async function tendAccount(world: World, account: string): Promise<number | undefined> {
  const found = findAccount(world, account);
  const health = await world.ledger.gates.tend(account, found?.connection.limits ?? {});
  if (found) await tellOutage(world, found.store, found.connection, health);
  return health.lookAgainInMs;
}

function findAccount(world: World, account: string) {
  for (const store of world.stores.values()) {
    const { payments, alerts, pipelines } = store;
    const steps = pipelines.flatMap((pipeline) => pipeline.steps);
    const connections: Connection[] = [
      payments.connection,
      alerts.send.connection,
      ...steps.map((step) => step.connection),
    ];
    const connection = connections.find((one) => one.account === account);
    if (connection) return { store: store.name, connection };
  }
  return undefined;
}
