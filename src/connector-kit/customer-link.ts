// The links by which a customer answers: each is a signature over the change that sent it, so nobody makes one without
// the key, and nothing stands in it that anybody could read.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface CustomerLinks {
  /** False when the page's public address leads to this machine only: a customer could not open it. */
  readonly isReachable: boolean;
  /** How long a link works. */
  readonly days: number;
  /** `changeKey` is the key of the change that sends it: call.key. */
  linkFor(changeKey: string): string;
  /** What the ledger keeps of it. */
  hashFor(changeKey: string): string;
  /** Whether it was signed with a key that still counts. */
  isSigned(token: string, changeKey: string): boolean;
}

interface LinkSettings {
  /** The first one signs; the others are still believed. */
  readonly keys: readonly [string, ...string[]];
  readonly publicUrl: string;
  readonly isReachable: boolean;
  readonly days: number;
}

export function customerLinks({ keys, publicUrl, ...rest }: LinkSettings): CustomerLinks {
  const [key] = keys;
  return {
    ...rest,
    linkFor: (changeKey) => `${publicUrl}/address/${tokenFor(key, changeKey)}`,
    hashFor: (changeKey) => hashOfToken(tokenFor(key, changeKey)),
    isSigned: (token, changeKey) => keys.some((one) => isSame(token, tokenFor(one, changeKey))),
  };
}

export const hashOfToken = (token: string) => createHash("sha256").update(token).digest("hex");

const tokenFor = (key: string, changeKey: string) =>
  createHmac("sha256", key).update(`customer's answer\n${changeKey}`).digest("base64url");

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
