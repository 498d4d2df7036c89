// The access token as it lies in the database: a copy of the database alone does not open it.
import { hkdfSync } from "node:crypto";
import { type Seal, sealBy } from "../../connector-kit/seal.ts";

/** `credentials`: what the database does not hold. `name`: a value moved to another row is worthless. */
export function sealedWith(credentials: readonly string[], name: string): Seal {
  const key = hkdfSync("sha256", JSON.stringify(credentials), name, "access token", 32);
  return sealBy([Buffer.from(key)], name);
}
