// "aws-chunked": how the store's own clients send a stream whose checksum is known only at its end.
import { SimulatedRefusal } from "./simulated-refusal.ts";

export const unsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

export interface Unchunked {
  readonly bytes: Uint8Array;
  /** What followed the last chunk: `x-amz-checksum-crc32`. */
  readonly trailers: Headers;
}

/** `<hex length>\r\n<bytes>\r\n` again and again, `0\r\n`, trailers, an empty line. */
export function unchunk(body: Uint8Array, headers: Headers): Unchunked {
  const text = Buffer.from(body);
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = text.indexOf("\r\n", at);
    const size = /^([0-9a-f]{1,8})(;|$)/i.exec(text.toString("latin1", at, end))?.[1];
    if (end < 0 || size === undefined) throw incomplete();
    const length = Number.parseInt(size, 16);
    at = end + 2;
    if (length === 0) break;
    if (at + length + 2 > text.length) throw incomplete();
    parts.push(text.subarray(at, at + length));
    at += length + 2;
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  if (headers.get("x-amz-decoded-content-length") !== String(bytes.length)) throw incomplete();
  return { bytes, trailers: trailersOf(text.toString("latin1", at)) };
}

function trailersOf(text: string): Headers {
  const trailers = new Headers();
  for (const line of text.split("\r\n").filter(Boolean)) {
    const at = line.indexOf(":");
    if (at < 1) throw incomplete();
    trailers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return trailers;
}

function incomplete(): SimulatedRefusal {
  const message =
    "You did not provide the number of bytes specified by the Content-Length HTTP header.";
  return new SimulatedRefusal(400, "IncompleteBody", message);
}
