// Signature Version 4 around `send`.
import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { HttpRequest, HttpResponse, Send } from "../../connector-kit/http.ts";
import { errorCode } from "./s3-error.ts";

export interface Bucket {
  readonly name: string;
  /** Addresses the bucket, without a trailing slash. */
  readonly url: string;
  readonly region: string;
  /** Known to honour If-None-Match, as AWS does. */
  readonly keepsConditions: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Request {
  readonly method: "GET" | "PUT" | "DELETE";
  /** What follows the bucket's URL: "/key" or "?list-type=2". */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Signs with `now`; when the store finds our clock wrong, signs once more with the store's own. */
export async function signedSend(
  bucket: Bucket,
  request: S3Request,
  send: Send,
  now: Date,
): Promise<HttpResponse> {
  const response = await send(await sign(bucket, request, now));
  if (errorCode(response) !== "RequestTimeTooSkewed") return response;
  const storeNow = Date.parse(response.headers.date ?? "");
  if (Number.isNaN(storeNow)) return response;
  return send(await sign(bucket, request, new Date(storeNow)));
}

async function sign(bucket: Bucket, request: S3Request, now: Date): Promise<HttpRequest> {
  const { method, body } = request;
  const signer = new AwsV4Signer({
    method,
    url: bucket.url + request.path,
    // Without this header aws4fetch would leave the bytes out of the signature.
    headers: {
      ...request.headers,
      "x-amz-content-sha256": sha256(body ?? new Uint8Array(), "hex"),
    },
    accessKeyId: bucket.accessKeyId,
    secretAccessKey: bucket.secretAccessKey,
    service: "s3",
    region: bucket.region,
    datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ""),
  });
  const signed = await signer.sign();
  return {
    method,
    url: signed.url.href,
    headers: Object.fromEntries(signed.headers),
    ...(body === undefined ? {} : { body }),
  };
}

/** An address that opens one object for whoever holds it, for so many seconds. */
export async function presign(
  bucket: Bucket,
  path: string,
  { seconds, query, now }: { seconds: number; query: Readonly<Record<string, string>>; now: Date },
): Promise<string> {
  const url = new URL(bucket.url + path);
  for (const [name, value] of Object.entries({ ...query, "X-Amz-Expires": String(seconds) })) {
    url.searchParams.set(name, value);
  }
  const signer = new AwsV4Signer({
    method: "GET",
    url: url.href,
    signQuery: true,
    accessKeyId: bucket.accessKeyId,
    secretAccessKey: bucket.secretAccessKey,
    service: "s3",
    region: bucket.region,
    datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ""),
  });
  return (await signer.sign()).url.href;
}

export function sha256(bytes: Uint8Array, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(bytes).digest(encoding);
}
