// Signature Version 4 as the store checks it: in the Authorization header or in the query of a presigned URL.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { SimulatedRefusal } from "./simulated-refusal.ts";

export interface SimulatedAccount {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payloadHash: string;
}

/** Throws the store's refusal, or returns the hash that the caller promised for the body. */
export function checkSignature(request: Request, account: SimulatedAccount, now: Date): string {
  const url = new URL(request.url);
  const claim = url.searchParams.has("X-Amz-Signature")
    ? presignedClaim(url.searchParams, now)
    : headerClaim(request.headers, now);
  const [accessKeyId, day = "", region = "", service = "", end = ""] = claim.credential.split("/");
  if (accessKeyId !== account.accessKeyId) {
    const message = "The AWS Access Key Id you provided does not exist in our records.";
    throw new SimulatedRefusal(403, "InvalidAccessKeyId", message, {
      AWSAccessKeyId: accessKeyId ?? "",
    });
  }
  if (region !== account.region || service !== "s3" || end !== "aws4_request") {
    throw malformed({ Region: account.region });
  }
  const names = claim.signedHeaders.split(";");
  assertSigned(request.headers, names, url.searchParams.has("X-Amz-Signature"));
  const headers = names.map((name) => `${name}:${headerValue(request, url, name)}\n`).join("");
  const query = canonicalQuery(url.search.slice(1));
  const canonical = [
    request.method,
    url.pathname,
    query,
    headers,
    claim.signedHeaders,
    claim.payloadHash,
  ].join("\n");
  const scope = `${day}/${region}/${service}/${end}`;
  const text = ["AWS4-HMAC-SHA256", claim.date, scope, sha256Hex(canonical)].join("\n");
  const key = [day, region, service, end].reduce(
    hmac,
    Buffer.from(`AWS4${account.secretAccessKey}`),
  );
  if (!isEqual(hmac(key, text).toString("hex"), claim.signature)) {
    const message =
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
    throw new SimulatedRefusal(403, "SignatureDoesNotMatch", message);
  }
  return claim.payloadHash;
}

function headerClaim(headers: Headers, now: Date): Claim {
  const authorization = headers.get("authorization") ?? "";
  if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) {
    throw new SimulatedRefusal(403, "AccessDenied", "Access Denied");
  }
  const parts = /Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)/.exec(
    authorization,
  );
  const [, credential, signedHeaders, signature] = parts ?? [];
  if (!credential || !signedHeaders || !signature) throw malformed();
  const payloadHash = headers.get("x-amz-content-sha256");
  if (!payloadHash) {
    const message = "Missing required header for this request: x-amz-content-sha256";
    throw new SimulatedRefusal(400, "InvalidRequest", message);
  }
  const date = headers.get("x-amz-date") ?? "";
  if (!(Math.abs(now.getTime() - parseStamp(date)) <= 15 * 60_000)) {
    const message = "The difference between the request time and the current time is too large.";
    throw new SimulatedRefusal(403, "RequestTimeTooSkewed", message);
  }
  return { credential, signedHeaders, signature, date, payloadHash };
}

function presignedClaim(query: URLSearchParams, now: Date): Claim {
  const seconds = Number(query.get("X-Amz-Expires"));
  if (!(seconds >= 1 && seconds <= 604_800)) {
    const message = "X-Amz-Expires must be less than a week (in seconds)";
    throw new SimulatedRefusal(400, "AuthorizationQueryParametersError", message);
  }
  const date = query.get("X-Amz-Date") ?? "";
  if (!(now.getTime() <= parseStamp(date) + seconds * 1000)) {
    throw new SimulatedRefusal(403, "AccessDenied", "Request has expired");
  }
  return {
    credential: query.get("X-Amz-Credential") ?? "",
    signedHeaders: query.get("X-Amz-SignedHeaders") ?? "",
    signature: query.get("X-Amz-Signature") ?? "",
    date,
    payloadHash: "UNSIGNED-PAYLOAD",
  };
}

function assertSigned(headers: Headers, names: readonly string[], isPresigned: boolean): void {
  const isMissing = (name: string) => name.startsWith("x-amz-") && !names.includes(name);
  const unsigned = isPresigned ? undefined : [...headers.keys()].find(isMissing);
  if (names.includes("host") && unsigned === undefined) return;
  const message = "There were headers present in the request which were not signed";
  throw new SimulatedRefusal(403, "AccessDenied", message);
}

// Over real HTTP the Host header is what was signed; in process there is only the URL.
function headerValue(request: Request, url: URL, name: string): string {
  const value = request.headers.get(name) ?? (name === "host" ? url.host : "");
  return value.trim().replace(/\s+/g, " ");
}

function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => pair && !pair.startsWith("X-Amz-Signature="));
  return pairs.map(canonicalPair).sort().join("&");
}

function canonicalPair(pair: string): string {
  const at = pair.indexOf("=");
  const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  return `${reencode(name)}=${reencode(value)}`;
}

const reencode = (text: string) =>
  encodeURIComponent(decodeURIComponent(text.replaceAll("+", " "))).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function malformed(details: Readonly<Record<string, string>> = {}): SimulatedRefusal {
  const message = "The authorization header that you provided is not valid.";
  return new SimulatedRefusal(400, "AuthorizationHeaderMalformed", message, details);
}

const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const parseStamp = (text: string) => Date.parse(text.replace(stamp, "$1-$2-$3T$4:$5:$6Z"));
const hmac = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
