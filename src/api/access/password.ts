// Passwords: argon2id with 64 MiB, three passes. Two at a time, so that guesses cannot use up the memory.
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

const memory = 64 * 1024;
const passes = 3;
const parallelism = 1;
const mostAtOnce = 2;

export const shortestPassword = 15;
export const longestPassword = 1024;

const waiting: (() => void)[] = [];
let running = 0;
let nobody: Promise<string> | undefined;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt);
  const encode = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(hash)}`;
}

/** Takes as long for nobody (no hash) as for somebody. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString("hex"));
  const [, , , parameters, salt = "", wanted = ""] = (hash ?? (await nobody)).split("$");
  if (parameters !== `m=${memory},t=${passes},p=${parallelism}`) return false;
  const made = await derive(password, Buffer.from(salt, "base64"));
  const stored = Buffer.from(wanted, "base64");
  const isEqual = made.length === stored.length && timingSafeEqual(made, stored);
  return isEqual && hash !== null;
}

async function derive(password: string, nonce: Buffer): Promise<Buffer> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise((resolve, reject) => {
      const parameters = { message: password, nonce, parallelism, tagLength: 32, memory, passes };
      argon2("argon2id", parameters, (error, key) => (error ? reject(error) : resolve(key)));
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
