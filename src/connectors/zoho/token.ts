// One access token for all processes. Zoho grants ten in ten minutes, and the sixteenth active one
// kills the oldest.
// https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html
import { setTimeout } from "node:timers/promises";
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { TokenStore } from "../../connector-kit/connector.ts";
import { sealedWith } from "./sealed-token.ts";
import { type Granted, requestToken, type TokenRequest } from "./token-request.ts";
import { claimTurn, closeTurns, type Turn } from "./token-turn.ts";

export type World = Pick<Call, "send" | "now">;

export interface AccessTokens {
  current(world: World): Promise<string>;
  /**
   * Another token than the one that was refused: what somebody else stored meanwhile, or a new one.
   */
  renew(refused: string, world: World): Promise<string>;
  /** Says that even a new token was refused; nobody asks for a further one in the next minutes. */
  giveUp(error: ActionError, world: World): Promise<ActionError>;
}

const renewBeforeMs = 5 * 60_000;
/** A token is good for a call that begins so long before its end. */
const lastUseMs = 60_000;
/** How often, and how many times, to look whether the process whose turn it is has its token. */
const lookEveryMs = 250;
const looks = 40;

export function accessTokens(
  name: string,
  store: TokenStore,
  tokenRequest: TokenRequest,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): AccessTokens {
  const turns = `${name}:turn`;
  const { clientSecret, refreshToken } = tokenRequest;
  const seal = sealedWith([clientSecret, refreshToken], name);
  let held: Granted | undefined;
  let flight: Promise<string> | undefined;

  const isFresh = (granted: Granted, world: World, marginMs = renewBeforeMs) =>
    granted.expiresAt.getTime() - world.now().getTime() > marginMs;

  /** Whoever comes while a token is on its way waits for the same one. */
  function shared(world: World, refused?: string): Promise<string> {
    flight ??= refresh(world, refused).finally(() => {
      flight = undefined;
    });
    return flight;
  }

  /** What all processes share: none when it is missing, refused, or not ours to open. */
  async function read(refused: string | undefined) {
    const stored = await store.read(name);
    const token = stored && seal.open(stored.value);
    const isGood = token !== undefined && token !== refused;
    const known = stored && isGood ? { token, expiresAt: stored.expiresAt } : undefined;
    return { known, version: stored?.version ?? 0 };
  }

  async function refresh(world: World, refused?: string): Promise<string> {
    for (let look = 0; look < looks; look += 1) {
      const { known } = await read(refused);
      if (known && isFresh(known, world)) return use(known);
      const claim = await claimTurn(turns, store, world.now());
      if (claim.kind === "ours") return inTurn(claim.turn, world, refused);
      // The old token works until its last minute, so a throttled renewal stops nobody.
      if (known && isFresh(known, world, lastUseMs)) return known.token;
      if (claim.kind === "closed") throw claim.error;
      await wait(lookEveryMs);
    }
    const message = "Another process is still asking Zoho for an access token.";
    const failure = { cause: "provider.rate_limited", retryAfterMs: 5_000 } as const;
    throw new ActionError("transient", message, failure);
  }

  async function inTurn(turn: Turn, world: World, refused?: string): Promise<string> {
    // Somebody may have stored one between our look and our turn.
    const { known, version } = await read(refused);
    if (known && isFresh(known, world)) {
      await turn.unused(world.now());
      return use(known);
    }
    let granted: Granted;
    try {
      granted = await requestToken(tokenRequest, world);
    } catch (thrown) {
      if (thrown instanceof ActionError) await turn.refused(thrown, world.now());
      if (known && isFresh(known, world, lastUseMs)) return known.token;
      throw thrown;
    }
    const isOurs = await store.write(name, seal.close(granted.token), granted.expiresAt, version);
    await turn.granted(world.now());
    return use(isOurs ? granted : ((await read(refused)).known ?? granted));
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
    giveUp: async (error, world) => {
      await closeTurns(turns, store, error, world.now());
      return error;
    },
  };
}
