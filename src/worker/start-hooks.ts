import { outlet } from "../connector-kit/send.ts";
import type { Database } from "../ledger/database/database.ts";
import { type HookSending, sendHooks } from "./send-hooks.ts";

/** Tells other programs what they asked to be told. Returns the way to stop. */
export function startHooks(
  db: Database,
  isInsideAllowed: boolean,
  told: Pick<HookSending, "onError" | "onTry" | "sealFor">,
): () => Promise<void> {
  const way = outlet({ allowsPrivateHosts: isInsideAllowed });
  const sending = sendHooks({ db, send: way.sendUntil, random: Math.random, ...told });
  return async () => {
    await sending.stop();
    await way.close();
  };
}
