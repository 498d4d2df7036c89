// An outage is told once for a provider and a day, not once for an order: the orders wait and go on by themselves.
import type { Connection } from "../connector-kit/action.ts";
import type { ActionError } from "../connector-kit/action-error.ts";
import type { World } from "./world.ts";

/** A revoked key is told at once; silence after so many tries, a few minutes. */
const patientTries = 6;

export async function tellOutage(
  world: World,
  store: string,
  connection: Connection,
  error: ActionError,
  tries: number,
): Promise<void> {
  const isRefused = error.failure.cause === "auth.refused";
  if (!isRefused && tries !== patientTries) return;
  const { provider, account } = connection;
  const day = world.clock.now().toISOString().slice(0, 10);
  const kind = isRefused ? "key" : "outage";
  await world.ledger.raiseAlert(`${kind}:${account}:${day}`, store, undefined, {
    severity: isRefused ? "needs-you" : "warning",
    title: isRefused ? `${provider} refuses our key` : `${provider} does not do its work`,
    lines: [
      error.message,
      isRefused
        ? "Orders wait for it. They go on by themselves when the key is right."
        : "Nothing to do: orders wait for it and go on by themselves.",
    ],
  });
}
