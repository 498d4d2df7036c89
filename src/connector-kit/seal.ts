// How a secret lies in the database: a copy of the database alone does not open it. AES-256-GCM.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface Seal {
  close(text: string): string;
  /** Undefined when this is nothing that we have closed. */
  open(sealed: string): string | undefined;
  /** Whether the key that closes now has closed it. */
  isNewest(sealed: string): boolean;
}

/** A seal for one place: a value moved to another row is worthless. */
export type SealFor = (place: string) => Seal;

const version = "v1.";
const nonceLength = 12;
const tagLength = 16;

/** `keys` are 32 bytes each: the first one closes, any of them opens. */
export function sealBy(keys: readonly [Buffer, ...Buffer[]], place: string): Seal {
  const [newest] = keys;
  return {
    close: (text) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", newest, nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(place));
      const closed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      const parts = Buffer.concat([nonce, cipher.getAuthTag(), closed]);
      return version + parts.toString("base64url");
    },
    open: (sealed) => {
      for (const key of keys) {
        const text = openWith(key, place, sealed);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    isNewest: (sealed) => openWith(newest, place, sealed) !== undefined,
  };
}

function openWith(key: Buffer, place: string, sealed: string): string | undefined {
  const parts = Buffer.from(sealed.slice(version.length), "base64url");
  if (!sealed.startsWith(version) || parts.length <= nonceLength + tagLength) return undefined;
  const nonce = parts.subarray(0, nonceLength);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(parts.subarray(nonceLength, nonceLength + tagLength));
  try {
    const body = parts.subarray(nonceLength + tagLength);
    return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
  } catch {
    // Another key, another row, or a changed byte: all the same, it is none of ours.
    return undefined;
  }
}

/** From the installation's keys, the newest first. */
export function sealsWith([newest, ...older]: readonly [string, ...string[]]): SealFor {
  const derived = (key: string) =>
    Buffer.from(hkdfSync("sha256", key, "ordna", "secrets in the database", 32));
  const keys = [derived(newest), ...older.map(derived)] as const;
  return (place) => sealBy(keys, place);
}
