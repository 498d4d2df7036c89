import { asActionError } from "../connector-kit/attempt.ts";
import type { Wiring } from "../connector-kit/connector.ts";
import type { Send } from "../connector-kit/http.ts";
import { redactor } from "../connector-kit/redact.ts";
import { outlet } from "../connector-kit/send.ts";
import { isOnThisMachine } from "../start-ordna.ts";

export interface Answered {
  readonly isWell: boolean;
  readonly sentence: string;
}

/** What the provider has to say, or what is wrong with it, within so many ms. Never rejects. */
export async function askProvider(
  wiring: Wiring,
  patienceMs: number,
  ask: (send: Send) => Promise<string>,
): Promise<Answered> {
  const way = outlet({ allowsPrivateHosts: isOnThisMachine(wiring) });
  const endsAt = performance.now() + patienceMs;
  try {
    return { isWell: true, sentence: await ask(way.sendUntil(() => endsAt - performance.now())) };
  } catch (error) {
    const redact = redactor(Object.values(wiring.secrets));
    return { isWell: false, sentence: redact(asActionError(error).message) };
  } finally {
    await way.close();
  }
}
