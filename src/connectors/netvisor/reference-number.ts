import { createHash } from "node:crypto";

/**
 * A Finnish reference number (viitenumero) for our reference. Letters are not allowed in it and leading zeros get
 * lost, so it is "1", 17 digits of a hash and the check digit: 19 of the 20 that banks accept.
 */
export function referenceNumberFor(reference: string): string {
  const hash = BigInt(`0x${createHash("sha256").update(reference).digest("hex")}`);
  const base = `1${(hash % 10n ** 17n).toString().padStart(17, "0")}`;
  return base + checkDigit(base);
}

/** Weights 7, 3, 1 from the right; what is missing to the next ten. */
export function checkDigit(base: string): string {
  const weights = [7, 3, 1];
  const sum = [...base]
    .reverse()
    .reduce((all, digit, index) => all + Number(digit) * (weights[index % 3] ?? 0), 0);
  return String((10 - (sum % 10)) % 10);
}
