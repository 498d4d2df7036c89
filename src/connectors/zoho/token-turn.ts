// Whose turn it is to ask Zoho for an access token. Ten are granted in ten minutes for one refresh
// token, and hammering extends a refusal: so one process asks, and all heed what it was told.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { TokenStore } from "../../connector-kit/connector.ts";

export interface Turn {
  /** A token was granted: it counts. */
  granted(now: Date): Promise<void>;
  /** Nobody asks again before `retryAfterMs` of the error has passed; without one, anybody may. */
  refused(error: ActionError, now: Date): Promise<void>;
  /** Nothing was asked after all. */
  unused(now: Date): Promise<void>;
}

export type Claim =
  | { readonly kind: "ours"; readonly turn: Turn }
  | { readonly kind: "busy" }
  | { readonly kind: "closed"; readonly error: ActionError };

/** Longer than any attempt: whoever holds a turn for longer is dead. */
const turnMs = 35_000;
const windowMs = 10 * 60_000;
/** One of Zoho's ten is left for a person who looks with the doctor. */
const grantsInWindow = 9;

const row = z.object({
  /** When tokens were granted, ms. */
  grants: z.array(z.number()).max(100),
  /** Why nobody may ask now; absent while somebody is asking. */
  refusal: z
    .object({
      message: z.string().max(1000),
      cause: z.enum(["auth.refused", "provider.rate_limited"]),
    })
    .optional(),
});
type Row = z.output<typeof row>;

export async function claimTurn(name: string, store: TokenStore, now: Date): Promise<Claim> {
  const stored = await store.read(name);
  const { grants, refusal } = rowOf(stored?.value);
  const heldMs = stored ? stored.expiresAt.getTime() - now.getTime() : 0;
  if (heldMs > 0) return refusal ? closedBy(refusal, heldMs) : { kind: "busy" };
  const recent = grants.filter((time) => time > now.getTime() - windowMs);
  const spent = whenSpent(recent, now);
  if (spent) return spent;
  const version = stored?.version ?? 0;
  const isOurs = await store.write(
    name,
    JSON.stringify({ grants: recent }),
    after(now, turnMs),
    version,
  );
  if (!isOurs) return { kind: "busy" };
  const end = async (value: Row, until: Date): Promise<void> => {
    // False when our turn had run out and somebody took the next one: then it is theirs to end.
    await store.write(name, JSON.stringify(value), until, version + 1);
  };
  const turn: Turn = {
    granted: (at) => end({ grants: [...recent, at.getTime()] }, at),
    unused: (at) => end({ grants: recent }, at),
    refused: ({ message, failure }, at) => {
      const cause = failure.cause === "auth.refused" ? failure.cause : "provider.rate_limited";
      const closed = { grants: recent, refusal: { message, cause } } as const;
      const { retryAfterMs } = failure;
      return retryAfterMs === undefined
        ? end({ grants: recent }, at)
        : end(closed, after(at, retryAfterMs));
    },
  };
  return { kind: "ours", turn };
}

/** Closes the way for everybody, whoever's turn it is. */
export async function closeTurns(
  name: string,
  store: TokenStore,
  error: ActionError,
  now: Date,
): Promise<void> {
  const claim = await claimTurn(name, store, now);
  if (claim.kind === "ours") await claim.turn.refused(error, now);
}

function rowOf(text: string | undefined): Row {
  try {
    return row.parse(JSON.parse(text ?? ""));
  } catch {
    return { grants: [] };
  }
}

const after = (now: Date, ms: number) => new Date(now.getTime() + ms);

function closedBy({ message, cause }: NonNullable<Row["refusal"]>, retryAfterMs: number): Claim {
  return { kind: "closed", error: new ActionError("transient", message, { cause, retryAfterMs }) };
}

function whenSpent(recent: readonly number[], now: Date): Claim | undefined {
  if (recent.length < grantsInWindow) return undefined;
  const retryAfterMs = Math.min(...recent) + windowMs - now.getTime();
  const message =
    `Zoho grants ten access tokens in ten minutes, and ${recent.length} are used. ` +
    "Does another program use the same refresh token? Give each its own.";
  return closedBy({ message, cause: "provider.rate_limited" }, retryAfterMs);
}
