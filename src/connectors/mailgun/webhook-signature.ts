// Is it from Mailgun, and is it fresh? What is signed is the time and a token, and nothing of the event.
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Two clocks never agree wholly. */
const aheadMs = 5 * 60_000;

/**
 * Time and token are signed as one text: ten digits, no more and no less, so that none of them can be moved from one to
 * the other.
 */
export const signatureSchema = z.object({
  timestamp: z.union([z.string(), z.number().transform(String)]).pipe(z.string().regex(/^\d{10}$/)),
  token: z.string().regex(/^[\w-]{16,100}$/),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Signature = z.infer<typeof signatureSchema>;

export interface Doubt {
  readonly why: string;
  /** Signed, so that it is not our key that is wrong: nothing will change it. */
  readonly isFinal: boolean;
}

/** Undefined when there is nothing to say against it. */
export function doubtOf(
  { timestamp, token, signature }: Signature,
  keys: readonly string[],
  maxAgeMs: number,
  now: Date,
): Doubt | undefined {
  const given = Buffer.from(signature, "hex");
  const isSigned = keys.some((key) =>
    timingSafeEqual(createHmac("sha256", key).update(`${timestamp}${token}`).digest(), given),
  );
  if (!isSigned) {
    return { why: "It is not signed with our webhook signing key.", isFinal: false };
  }
  const ageMs = now.getTime() - Number(timestamp) * 1000;
  if (ageMs > maxAgeMs) {
    return { why: `It was signed ${inHours(ageMs)} hours ago. Is our clock right?`, isFinal: true };
  }
  if (ageMs < -aheadMs) {
    return {
      why: `It was signed ${inHours(-ageMs)} hours from now. Is our clock right?`,
      isFinal: false,
    };
  }
  return undefined;
}

const inHours = (ms: number) => (ms / 3600_000).toFixed(1);
