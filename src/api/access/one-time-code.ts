// Codes by time, as authenticator apps show them, and recovery codes.
import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { takeRecoveryCode, takeTotpStep } from "../../ledger/access/second-factor.ts";
import type { Queryable } from "../../ledger/database/database.ts";
import { hashOf } from "./secret.ts";

const periodS = 30;

const totp = (secret: string, label = "") =>
  new TOTP({ issuer: "Ordna", label, period: periodS, secret: Secret.fromBase32(secret) });

export const newTotpSecret = () => new Secret({ size: 20 }).base32;

export const totpUri = (secret: string, label: string) => totp(secret, label).toString();

/** The time step whose code this is: the present one or a neighbour of it. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totp(secret).validate({ token: code.replaceAll(" ", ""), timestamp, window: 1 });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / periodS) + delta;
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const text = randomBytes(10).toString("hex");
    return `${text.slice(0, 10)}-${text.slice(10)}`;
  });
}

/** Each code works once: a time step's and a recovery code. */
export async function takeCode(
  tx: Queryable,
  person: number,
  /** Undefined: no key opens it any more; then recovery codes are left. */
  secret: string | undefined,
  code: string,
  now: Date,
): Promise<boolean> {
  const step = secret === undefined ? undefined : stepOfCode(secret, code, now);
  if (step !== undefined) return takeTotpStep(tx, person, step);
  return takeRecoveryCode(tx, person, hashOf(code.trim().toLowerCase()));
}
