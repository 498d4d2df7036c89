// What the store checks of an upload before it keeps it.
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { unsignedTrailer } from "./simulated-chunks.ts";
import { SimulatedRefusal } from "./simulated-refusal.ts";

/** The headers of an upload with what else describes its bytes: trailers after them, checksums in a presigned URL. */
export function describedBy(headers: Headers, trailers: Headers, query: URLSearchParams): Headers {
  const all = new Headers(headers);
  for (const [name, value] of [...trailers, ...query]) {
    if (name.toLowerCase().startsWith("x-amz-checksum-")) all.set(name, value);
  }
  return all;
}

/** Throws when the bytes are not those that the caller signed or described. */
export function checkBytes(headers: Headers, body: Uint8Array, payloadHash: string): void {
  const isUnsigned = ["UNSIGNED-PAYLOAD", unsignedTrailer].includes(payloadHash);
  if (!isUnsigned && payloadHash.startsWith("STREAMING-")) {
    throw new SimulatedRefusal(501, "NotImplemented", `${payloadHash} is not simulated`);
  }
  if (!isUnsigned && payloadHash !== digest("sha256", body, "hex")) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new SimulatedRefusal(400, "XAmzContentSHA256Mismatch", message);
  }
  const md5 = headers.get("content-md5");
  if (md5 !== null && md5 !== digest("md5", body, "base64")) {
    const message = "The Content-MD5 you specified did not match what we received.";
    throw new SimulatedRefusal(400, "BadDigest", message);
  }
  for (const [name, compute] of Object.entries(checksums)) {
    const claimed = headers.get(`x-amz-checksum-${name}`);
    if (claimed === null || claimed === compute(body)) continue;
    const message = `The ${name.toUpperCase()} you specified did not match the calculated checksum.`;
    throw new SimulatedRefusal(400, "BadDigest", message);
  }
}

/** A bucket that keeps objects for a fixed time takes only bytes that are described. */
export function demandDescription(headers: Headers): void {
  const isDescription = (name: string) => /^(content-md5|x-amz-checksum-.+)$/.test(name);
  if ([...headers.keys()].some(isDescription)) return;
  const message =
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters";
  throw new SimulatedRefusal(400, "InvalidRequest", message);
}

/** A store that does not know the additional checksums refuses the header by its name. */
export function refuseChecksums(headers: Headers): void {
  const name = [...headers.keys()].find((header) => header.startsWith("x-amz-checksum-"));
  if (name === undefined) return;
  const message = `Header '${name}' with value '${headers.get(name)}' not implemented`;
  throw new SimulatedRefusal(501, "NotImplemented", message);
}

export function digest(algorithm: string, bytes: Uint8Array, encoding: "hex" | "base64"): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}

const checksums: Readonly<Record<string, (body: Uint8Array) => string>> = {
  sha256: (body) => digest("sha256", body, "base64"),
  sha1: (body) => digest("sha1", body, "base64"),
  crc32: (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString("base64");
  },
};
