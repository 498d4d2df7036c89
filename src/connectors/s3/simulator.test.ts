// The simulator against requests that the connector never makes, signed by aws4fetch alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { AwsV4Signer } from "aws4fetch";
import { z } from "zod";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { checkSignature } from "./simulated-signature.ts";
import { simulateS3 } from "./simulator.ts";

const base = "http://127.0.0.1:4599/shop-files";

function store() {
  let now = new Date("2026-11-23T12:00:00Z");
  const simulator = simulateS3(
    memoryKit(() => now),
    {
      bucket: "shop-files",
      region: "eu-north-1",
    },
  );
  const sign = async (method: string, path: string, more: object = {}) => {
    const signer = new AwsV4Signer({
      method,
      url: base + path,
      accessKeyId: simulator.secrets.accessKeyId ?? "",
      secretAccessKey: simulator.secrets.secretAccessKey ?? "",
      service: "s3",
      region: "eu-north-1",
      datetime: "20261123T120000Z",
      ...more,
    });
    const { url, headers, body } = await signer.sign();
    return new Request(url, { method, headers, ...(body ? { body } : {}) });
  };
  const call = async (method: string, path: string, more: object = {}) =>
    simulator.fetch(await sign(method, path, more));
  return { simulator, sign, call, pass: (ms: number) => (now = new Date(now.getTime() + ms)) };
}

const code = async (response: Response) => /<Code>(\w+)</.exec(await response.text())?.[1];

test("objects are written, read, listed and deleted", async () => {
  const { call } = store();
  assert.equal((await call("PUT", "/a/1.pdf", { body: "one" })).status, 200);
  assert.equal((await call("PUT", "/a/2.pdf", { body: "two" })).status, 200);
  assert.equal(await (await call("GET", "/a/1.pdf")).text(), "one");
  const head = await call("HEAD", "/a/1.pdf");
  assert.equal(head.headers.get("content-length"), "3");
  const page = await (await call("GET", "?list-type=2&prefix=a/&max-keys=1")).text();
  assert.match(page, /<IsTruncated>true<.*<Key>a\/1\.pdf</);
  const token = /<NextContinuationToken>(.*?)</.exec(page)?.[1];
  const rest = await (await call("GET", `?list-type=2&continuation-token=${token}`)).text();
  assert.match(rest, /<KeyCount>1<.*<Key>a\/2\.pdf</);
  assert.equal((await call("DELETE", "/a/1.pdf")).status, 204);
  assert.equal(await code(await call("GET", "/a/1.pdf")), "NoSuchKey");
});

test("a second create-only write is refused with the body that S3 sends", async () => {
  const { call } = store();
  const createOnly = { body: "one", headers: { "if-none-match": "*" } };
  await call("PUT", "/a.pdf", createOnly);
  const refused = await call("PUT", "/a.pdf", createOnly);
  assert.equal(refused.status, 412);
  assert.match(
    await refused.text(),
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><Code>PreconditionFailed<\/Code><Message>At least one of the pre-conditions you specified did not hold<\/Message><Condition>If-None-Match<\/Condition><RequestId>\w{16}<\/RequestId><\/Error>$/,
  );
});

test("unsigned, tampered and late requests are refused", async () => {
  const { simulator, sign, pass } = store();
  const anonymous = await simulator.fetch(new Request(`${base}/a.pdf`));
  assert.equal(await code(anonymous), "AccessDenied");
  const signed = await sign("PUT", "/a.pdf", { body: "one" });
  const moved = new Request(`${base}/b.pdf`, signed.clone());
  assert.equal(await code(await simulator.fetch(moved)), "SignatureDoesNotMatch");
  const widened = new Request(signed.clone());
  widened.headers.set("x-amz-acl", "public-read");
  assert.equal(await code(await simulator.fetch(widened)), "AccessDenied");
  pass(16 * 60_000);
  assert.equal(await code(await simulator.fetch(signed)), "RequestTimeTooSkewed");
  assert.equal(simulator.records().length, 0);
});

test("bytes that do not match what was promised are refused", async () => {
  const { call } = store();
  const put = async (headers: object) => code(await call("PUT", "/a", { body: "one", headers }));
  assert.equal(await put({ "x-amz-content-sha256": "0".repeat(64) }), "XAmzContentSHA256Mismatch");
  assert.equal(await put({ "x-amz-checksum-crc32": "AAAAAA==" }), "BadDigest");
  assert.equal(await put({ "content-md5": "AAAA" }), "BadDigest");
  assert.equal(await put({ "x-amz-checksum-crc32": "emyG8Q==" }), undefined);
});

test("a presigned link opens one object until it expires", async () => {
  const { simulator, call, sign, pass } = store();
  await call("PUT", "/a.pdf", { body: "one" });
  const link = await sign("GET", "/a.pdf?X-Amz-Expires=600", { signQuery: true });
  const open = (url: string) => simulator.fetch(new Request(url));
  assert.equal(await (await open(link.url)).text(), "one");
  const forged = link.url.replace("a.pdf", "b.pdf");
  assert.equal(await code(await open(forged)), "SignatureDoesNotMatch");
  pass(601_000);
  assert.match(await (await open(link.url)).text(), /Request has expired/);
});

const recording = z.object({
  exchanges: z.array(
    z.object({
      request: z.object({
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
      }),
    }),
  ),
});

test("requests that the AWS SDK signed are believed, and only with the right secret", () => {
  const file = new URL("fixtures/aws-sdk-exchanges.json", import.meta.url);
  const { exchanges } = recording.parse(JSON.parse(readFileSync(file, "utf8")));
  const account = { accessKeyId: "S3SIM", secretAccessKey: "S3SIMSECRET", region: "eu-north-1" };
  let checked = 0;
  for (const { request } of exchanges) {
    const { method, url, headers } = request;
    const signed = new Request(`http://${headers.host}${url}`, { method, headers });
    const stamp = headers["x-amz-date"] ?? new URL(signed.url).searchParams.get("X-Amz-Date");
    const now = new Date(stamp?.replace(stampShape, "$1-$2-$3T$4:$5:$6Z") ?? "");
    checkSignature(signed, account, now);
    const other = { ...account, secretAccessKey: "OTHER" };
    assert.throws(() => checkSignature(signed, other, now), /signature we calculated/);
    checked += 1;
  }
  assert.ok(checked >= 5);
});

const stampShape = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
