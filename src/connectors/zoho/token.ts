// One access token for all processes. Zoho grants ten in ten minutes, and the sixteenth active one
// kills the oldest.
// https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { TokenStore } from "../../connector-kit/connector.ts";
import { type Granted, requestToken, type TokenRequest } from "./token-request.ts";

export type World = Pick<Call, "send" | "now">;

export interface AccessTokens {
  current(world: World): Promise<string>;
  /**
   * Another token than the one that was refused: what somebody else stored meanwhile, or a new one.
   */
  renew(refused: string, world: World): Promise<string>;
  /** Says that even a new token was refused; no further one is asked for in the next minutes. */
  giveUp(error: ActionError, world: World): ActionError;
}

const renewBeforeMs = 5 * 60_000;
const pauseMs = 5 * 60_000;

export function accessTokens(
  name: string,
  store: TokenStore,
  tokenRequest: TokenRequest,
): AccessTokens {
  let held: Granted | undefined;
  let flight: Promise<string> | undefined;
  let pause: { readonly until: number; readonly error: ActionError } | undefined;

  const isFresh = (granted: Granted, world: World, marginMs = renewBeforeMs) =>
    granted.expiresAt.getTime() - world.now().getTime() > marginMs;

  /** Whoever comes while a token is on its way waits for the same one. */
  function shared(world: World, refused?: string): Promise<string> {
    flight ??= refresh(world, refused).finally(() => {
      flight = undefined;
    });
    return flight;
  }

  async function refresh(world: World, refused?: string): Promise<string> {
    const stored = await store.read(name);
    const known = stored && { token: stored.value, expiresAt: stored.expiresAt };
    if (known && known.token !== refused && isFresh(known, world)) return use(known);
    let granted: Granted;
    try {
      granted = await ask(world);
    } catch (thrown) {
      // The old token works until its last minute, so a throttled renewal stops nobody.
      if (known && known.token !== refused && isFresh(known, world, 60_000)) return known.token;
      throw thrown;
    }
    const isOurs = await store.write(name, granted.token, granted.expiresAt, stored?.version ?? 0);
    const newer = isOurs ? undefined : await store.read(name);
    return use(newer ? { token: newer.value, expiresAt: newer.expiresAt } : granted);
  }

  /**
   * Asking again soon would only prolong a refusal: Zoho extends its lock-out for those who hammer.
   */
  async function ask(world: World): Promise<Granted> {
    if (pause && world.now().getTime() < pause.until) throw pause.error;
    try {
      const granted = await requestToken(tokenRequest, world);
      pause = undefined;
      return granted;
    } catch (thrown) {
      if (!(thrown instanceof ActionError)) throw thrown;
      throw thrown.failure.retryAfterMs === undefined ? thrown : rest(thrown, world);
    }
  }

  function rest(error: ActionError, world: World): ActionError {
    const retryAfterMs = error.failure.retryAfterMs ?? pauseMs;
    pause = { until: world.now().getTime() + retryAfterMs, error };
    return error;
  }

  function use(granted: Granted): string {
    held = granted;
    return granted.token;
  }

  return {
    current: async (world) => (held && isFresh(held, world) ? held.token : shared(world)),
    renew: async (refused, world) => {
      if (held?.token === refused) held = undefined;
      const token = await shared(world, refused);
      // We may have joined a flight that did not know of the refusal.
      return token === refused ? shared(world, refused) : token;
    },
    giveUp: rest,
  };
}
