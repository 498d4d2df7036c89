// S3 as a fetch handler, addressed path-style: signatures, conditional writes, checksums, listing.
import type {
  Collection,
  SimulatedRecord,
  Simulator,
  SimulatorKit,
} from "../../connector-kit/simulator.ts";
import { unchunk, unsignedTrailer } from "./simulated-chunks.ts";
import { simulatedList } from "./simulated-list.ts";
import { SimulatedRefusal } from "./simulated-refusal.ts";
import { checkSignature, type SimulatedAccount } from "./simulated-signature.ts";
import {
  checkBytes,
  demandDescription,
  describedBy,
  digest,
  refuseChecksums,
} from "./simulated-upload.ts";

/** JSON, for the journal: the bytes travel as base64. */
interface SimulatedObject {
  readonly key: string;
  readonly base64: string;
  readonly size: number;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly modifiedAt: string;
}

const moods = {
  "no-conditional-writes": "If-None-Match is answered 501 NotImplemented, as older stores do.",
  "no-checksums": "x-amz-checksum-* headers are answered 501 NotImplemented.",
  "ignores-conditions":
    "If-None-Match is ignored and a write replaces what is there, as some test servers do.",
  "object-lock":
    "The bucket keeps objects for a fixed time: 400 for an upload without Content-MD5 or a checksum.",
  conflict: "Writes are answered 409: somebody else writes the same key.",
  "slow-down": "Everything is answered 503 SlowDown.",
  "no-bucket": "The bucket is gone: 404 NoSuchBucket.",
  "access-denied": "The key's rights were taken away: 403 AccessDenied.",
} as const;

type Mood = keyof typeof moods;

interface World {
  readonly kit: SimulatorKit;
  readonly bucket: string;
  readonly account: SimulatedAccount;
  readonly objects: Collection<SimulatedObject>;
  readonly isMood: (mood: Mood) => boolean;
}

export function simulateS3(
  kit: SimulatorKit,
  options: { readonly bucket: string; readonly region: string },
): Simulator {
  const secrets = { accessKeyId: "SIMULATEDKEY", secretAccessKey: "simulated-secret" };
  const on = new Set<string>();
  const objects = kit.collection<SimulatedObject>("objects");
  const world: World = {
    kit,
    bucket: options.bucket,
    account: { ...secrets, region: options.region },
    objects,
    isMood: (mood) => on.has(mood),
  };
  let requests = 0;
  return {
    provider: "s3",
    secrets,
    maxServerMs: 200,
    maxLagMs: 0,
    fetch: async (request) => {
      requests += 1;
      const requestId = `SIM${String(requests).padStart(13, "0")}`;
      const response = await answer(world, request, requestId);
      response.headers.set("x-amz-request-id", requestId);
      response.headers.set("date", kit.now().toUTCString());
      return response;
    },
    records: () => objects.values().map(asRecord),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
  };
}

async function answer(world: World, request: Request, requestId: string): Promise<Response> {
  try {
    return await route(world, request);
  } catch (thrown) {
    if (!(thrown instanceof SimulatedRefusal)) throw thrown;
    // HTTP allows no body after HEAD, so there even S3 cannot say why.
    const body = request.method === "HEAD" ? null : thrown.toXml(requestId);
    return new Response(body, {
      status: thrown.status,
      headers: { "content-type": "application/xml" },
    });
  }
}

async function route(world: World, request: Request): Promise<Response> {
  const { isMood } = world;
  if (isMood("slow-down")) {
    throw new SimulatedRefusal(503, "SlowDown", "Please reduce your request rate.");
  }
  const payloadHash = checkSignature(request, world.account, world.kit.now());
  if (isMood("access-denied")) throw new SimulatedRefusal(403, "AccessDenied", "Access Denied");
  const url = new URL(request.url);
  const [bucket = "", ...rest] = url.pathname.slice(1).split("/").map(decodeURIComponent);
  if (bucket !== world.bucket || isMood("no-bucket")) {
    const message = "The specified bucket does not exist";
    throw new SimulatedRefusal(404, "NoSuchBucket", message, { BucketName: bucket });
  }
  const key = rest.join("/");
  if (key === "") return bucketAnswer(world, request.method, url.searchParams);
  switch (request.method) {
    case "PUT":
      return put(world, key, await uploadOf(request, url.searchParams, payloadHash));
    case "GET":
    case "HEAD":
      return get(world, key, request.method, url.searchParams);
    case "DELETE":
      world.objects.delete(key);
      return new Response(null, { status: 204 });
  }
  const message = "The specified method is not allowed against this resource.";
  throw new SimulatedRefusal(405, "MethodNotAllowed", message);
}

function bucketAnswer(world: World, method: string, query: URLSearchParams): Response {
  if (method === "HEAD") return new Response(null);
  if (method === "GET" && query.get("list-type") === "2") {
    const body = simulatedList(world.bucket, world.objects.values(), query);
    return new Response(body, { headers: { "content-type": "application/xml" } });
  }
  const message = "A header you provided implies functionality that is not implemented";
  throw new SimulatedRefusal(501, "NotImplemented", message);
}

interface Upload {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly payloadHash: string;
}

async function uploadOf(
  request: Request,
  query: URLSearchParams,
  payloadHash: string,
): Promise<Upload> {
  const body = new Uint8Array(await request.arrayBuffer());
  const { bytes, trailers } =
    payloadHash === unsignedTrailer
      ? unchunk(body, request.headers)
      : { bytes: body, trailers: new Headers() };
  return { headers: describedBy(request.headers, trailers, query), bytes, payloadHash };
}

function put(world: World, key: string, { headers, bytes, payloadHash }: Upload): Response {
  const { isMood } = world;
  const condition = isMood("ignores-conditions") ? null : headers.get("if-none-match");
  const isUnknownCondition = condition !== null && condition !== "*";
  if (isUnknownCondition || (condition !== null && isMood("no-conditional-writes"))) {
    const message = "A header you provided implies functionality that is not implemented";
    throw new SimulatedRefusal(501, "NotImplemented", message, { Header: "If-None-Match" });
  }
  if (isMood("no-checksums")) refuseChecksums(headers);
  if (isMood("object-lock")) demandDescription(headers);
  checkBytes(headers, bytes, payloadHash);
  if (isMood("conflict")) {
    const message = "A conflicting conditional operation is in progress against this resource.";
    throw new SimulatedRefusal(409, "ConditionalRequestConflict", message, { Key: key });
  }
  if (condition === "*" && world.objects.get(key)) {
    const message = "At least one of the pre-conditions you specified did not hold";
    throw new SimulatedRefusal(412, "PreconditionFailed", message, { Condition: "If-None-Match" });
  }
  const etag = `"${digest("md5", bytes, "hex")}"`;
  const kept = keptHeaders(headers);
  world.objects.set(key, {
    key,
    base64: Buffer.from(bytes).toString("base64"),
    size: bytes.length,
    etag,
    headers: kept,
    modifiedAt: world.kit.now().toISOString(),
  });
  const encryption = headers.get("x-amz-server-side-encryption") ?? "AES256";
  const checksums = Object.entries(kept).filter(([name]) => name.startsWith("x-amz-checksum-"));
  return new Response(null, {
    headers: {
      etag,
      "x-amz-server-side-encryption": encryption,
      ...Object.fromEntries(checksums),
    },
  });
}

function keptHeaders(headers: Headers): Record<string, string> {
  const isKept = (name: string) =>
    /^(content-(type|disposition|encoding)|cache-control|x-amz-(meta-.+|checksum-.+|server-side-encryption))$/.test(
      name,
    );
  const kept = [...headers].filter(([name]) => isKept(name));
  // How the bytes travelled is no property of the object.
  return Object.fromEntries(kept.filter(([, value]) => value !== "aws-chunked"));
}

function get(world: World, key: string, method: string, query: URLSearchParams): Response {
  const object = world.objects.get(key);
  if (!object) {
    const message = "The specified key does not exist.";
    throw new SimulatedRefusal(404, "NoSuchKey", message, { Key: key });
  }
  const headers = new Headers({
    "content-type": "binary/octet-stream",
    ...object.headers,
    etag: object.etag,
    "content-length": String(object.size),
    "last-modified": new Date(object.modifiedAt).toUTCString(),
  });
  // A link may say how it wants to be answered: response-content-disposition=inline.
  for (const name of ["content-disposition", "content-type"]) {
    const wish = query.get(`response-${name}`);
    if (wish !== null) headers.set(name, wish);
  }
  const body = method === "HEAD" ? null : new Uint8Array(Buffer.from(object.base64, "base64"));
  return new Response(body, { headers });
}

function asRecord(object: SimulatedObject): SimulatedRecord {
  const { key, size, etag, headers, modifiedAt } = object;
  // References have 10 to 20 characters of A-Z0-9; they stand somewhere in the key.
  const reference = /(?<![A-Za-z0-9])[A-Z0-9]{10,20}(?![A-Za-z0-9])/.exec(key)?.[0] ?? "";
  return { kind: "object", id: key, reference, fields: { size, etag, headers, modifiedAt } };
}
