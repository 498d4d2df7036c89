// The ways out: one pool of connections for each provider account.
import type { Connection } from "../connector-kit/action.ts";
import { type Outlet, outlet } from "../connector-kit/send.ts";
import type { World } from "./world.ts";

export interface Outlets {
  readonly sendUntil: World["sendUntil"];
  close(): Promise<void>;
}

/** Simulated accounts and those that a variable points to this machine may be reached on loopback; others may not. */
export function outlets(
  connections: readonly (Connection & { readonly isOnThisMachine: boolean })[],
): Outlets {
  const byAccount = new Map<string, Outlet>();
  for (const { account, isOnThisMachine } of connections) {
    if (!byAccount.has(account))
      byAccount.set(account, outlet({ allowsPrivateHosts: isOnThisMachine }));
  }
  return {
    sendUntil(account, msLeft) {
      const way = byAccount.get(account);
      if (!way) throw new TypeError(`No provider account is called "${account}".`);
      return way.sendUntil(msLeft);
    },
    async close() {
      await Promise.all([...byAccount.values()].map((way) => way.close()));
    },
  };
}
