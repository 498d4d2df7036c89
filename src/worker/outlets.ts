// The ways out: one pool of connections for each provider account.
import type { Connection } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { Send } from "../connector-kit/http.ts";
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
      return way ? way.sendUntil(msLeft) : refuseToSend;
    },
    async close() {
      await Promise.all([...byAccount.values()].map((way) => way.close()));
    },
  };
}

/** A step of our own touches nothing outside. */
const refuseToSend: Send = async () => {
  const message = "This step has no provider to send anything to.";
  throw new ActionError("permanent", message, { cause: "config.invalid" });
};
