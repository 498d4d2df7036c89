// A way out for what nobody waits for: it takes a place for each request, and lets orders go first.
import type { Connection } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { Send } from "../connector-kit/http.ts";
import { deadline } from "./deadline.ts";
import { type AccountVisit, visitAccount } from "./visit-account.ts";
import type { World } from "./world.ts";

const noRoomMs = 500;
const patienceMs = 30_000;

/** Rejects with an ActionError when there is no room for long, or once `signal` says stop. */
export function sendBetweenOrders(
  world: World,
  connection: Connection,
  holder: string,
  signal?: AbortSignal,
): Send {
  return async (request) => {
    const patience = deadline(world.clock, patienceMs);
    for (;;) {
      if (signal?.aborted) throw notNow("Ordna stops.");
      const visit = await visitAccount(world, { connection, holder });
      if (visit.kind === "in") {
        const send = visit.send(deadline(world.clock, connection.deadlineMs));
        return sendOnce(visit, () => send(request));
      }
      if (patience() <= 0) throw notNow(`${connection.provider} has no room for lists now.`);
      // It does not wait in line, as orders do: they come first.
      await world.clock.sleep(noRoomMs, signal);
    }
  };
}

const notNow = (message: string) =>
  new ActionError("transient", message, { cause: "provider.unreachable" });

async function sendOnce(visit: AccountVisit, send: () => ReturnType<Send>) {
  try {
    const response = await send();
    // What a refusal means only the connector knows.
    await visit.leave(response.status < 400 ? undefined : "unused");
    return response;
  } catch (thrown) {
    await visit.leave(thrown instanceof ActionError ? thrown : "unused");
    throw thrown;
  }
}
