// The access token as it lies in the database: a copy of the database alone does not open it.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface Seal {
  close(text: string): string;
  /** Undefined when this is nothing that we have closed. */
  open(sealed: string): string | undefined;
}

const version = "v1.";
const nonceLength = 12;
const tagLength = 16;

/** `credentials`: what the database does not hold. `name`: a value moved to another row is worthless. */
export function sealedWith(credentials: readonly string[], name: string): Seal {
  const key = Buffer.from(
    hkdfSync("sha256", JSON.stringify(credentials), name, "access token", 32),
  );
  return {
    close: (text) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(name));
      const closed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      const parts = Buffer.concat([nonce, cipher.getAuthTag(), closed]);
      return version + parts.toString("base64url");
    },
    open: (sealed) => {
      const parts = Buffer.from(sealed.slice(version.length), "base64url");
      if (!sealed.startsWith(version) || parts.length <= nonceLength + tagLength) return undefined;
      const nonce = parts.subarray(0, nonceLength);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(parts.subarray(nonceLength, nonceLength + tagLength));
      try {
        const body = parts.subarray(nonceLength + tagLength);
        return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
      } catch {
        // Another key, another row, or a changed byte: all the same, it is no token of ours.
        return undefined;
      }
    },
  };
}
