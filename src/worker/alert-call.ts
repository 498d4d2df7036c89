import type { Call } from "../connector-kit/action.ts";
import type { Send } from "../connector-kit/http.ts";
import { deadline } from "./deadline.ts";
import type { Store, World } from "./world.ts";

/** How an alert reaches its chat, until the connection's deadline. */
export function alertCall(
  world: World,
  store: Store,
  { id, reference }: { readonly id: string; readonly reference: string | undefined },
  sendUntil: (msLeft: () => number) => Send,
): Call {
  const send = sendUntil(deadline(world.clock, store.alerts.send.connection.deadlineMs));
  return {
    reference: reference ?? "",
    key: `alert-${id}`,
    send,
    keep: (document) => store.keep("alerts", document, send),
    open: (file) => store.open(file, send),
    now: () => world.clock.now(),
  };
}
