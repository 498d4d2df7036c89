// Secrets that Ordna makes: 32 random bytes. Only their SHA-256 is kept.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export const newSecret = () => randomBytes(32).toString("base64url");

export const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

export function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
