import { ActionError } from "../../connector-kit/action-error.ts";

// Every store and every signer agrees on these characters; with others, each encodes the path a little differently.
const safeKey = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;

/** The object's key under `prefix`; refuses what could be read in two ways. */
export function objectKey(key: string, prefix: string | undefined): string {
  if (key.length > 400 || !safeKey.test(key)) {
    const message = `"${key.slice(0, 80)}" cannot name a file: use A-Z a-z 0-9 . _ - and / only.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  return prefix === undefined ? key : `${prefix}/${key}`;
}
