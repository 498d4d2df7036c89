// Products and customers are shared by orders, and Netvisor takes a code twice. When one order's add was lost it may still
// take effect, so nobody else adds the same until that is settled. `exclusive` ends with the attempt; this does not.
import { z } from "zod";
import { type Call, type Connection, settleMs } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { asActionError } from "../../connector-kit/attempt.ts";
import type { TokenStore } from "../../connector-kit/connector.ts";

export interface OpenAdds {
  /** Adds `what` ("product SKU-1") unless another order's add of it may still take effect: then it is transient. */
  once(what: string, call: Call, add: () => Promise<unknown>): Promise<void>;
}

/** Who adds it, and until when that may take effect (ms since 1970). */
const openSchema = z.record(z.string(), z.object({ by: z.string(), until: z.number() }));
type Open = z.infer<typeof openSchema>;

/** The store of tokens is what all processes share: written before the add, the note outlives a kill. */
export function openAdds(tokens: TokenStore, connection: Connection): OpenAdds {
  const name = `${connection.account}:open-adds`;

  async function change(call: Call, next: (open: Open) => Open): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      const stored = await tokens.read(name);
      const open = next(stored ? openSchema.parse(JSON.parse(stored.value)) : {});
      const now = call.now().getTime();
      const live = Object.entries(open).filter(([, { until }]) => until > now);
      const last = new Date(Math.max(now, ...live.map(([, { until }]) => until)));
      const value = JSON.stringify(Object.fromEntries(live));
      if (await tokens.write(name, value, last, stored?.version ?? 0)) return;
    }
    throw new ActionError("transient", "Too many orders add to Netvisor at once.", {
      cause: "record.being_made",
    });
  }

  async function once(what: string, call: Call, add: () => Promise<unknown>): Promise<void> {
    const by = call.reference;
    // If we are killed: for as long as the request may be sent, and then take effect.
    const untilKilled = call.now().getTime() + connection.deadlineMs + settleMs(connection);
    await change(call, (open) => {
      refuseAnother(open[what], what, call);
      return { ...open, [what]: { by, until: untilKilled } };
    });
    let until = 0;
    try {
      await add();
    } catch (thrown) {
      const isOpen = asActionError(thrown).verdict === "ambiguous";
      if (isOpen) until = call.now().getTime() + settleMs(connection);
      throw thrown;
    } finally {
      await change(call, (open) => ({ ...open, [what]: { by, until } }));
    }
  }

  return { once };
}

function refuseAnother(entry: Open[string] | undefined, what: string, call: Call): void {
  const retryAfterMs = (entry?.until ?? 0) - call.now().getTime();
  if (!entry || entry.by === call.reference || retryAfterMs <= 0) return;
  throw new ActionError(
    "transient",
    `Order ${entry.by} is adding the ${what} to Netvisor, and no answer came yet.`,
    { cause: "record.being_made", retryAfterMs },
  );
}
