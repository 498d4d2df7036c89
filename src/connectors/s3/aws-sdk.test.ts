// The simulator and the connector, each against the store's own client.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { s3 } from "./connector.ts";

const [Bucket, region] = ["shop-files", "eu-north-1"];
const tenMinutes = { expiresIn: 600 };
const body = Buffer.from("%PDF-1.4 a label");

// Each its own: fetch would find its connection to a port that another store had before.
let nextPort = 21_000 + (process.pid % 9000);

async function store(t: TestContext) {
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const connector = s3({ bucket: Bucket, region });
  const simulator = connector.simulate(memoryKit(clock));
  nextPort += 1;
  const served = await serveSimulator(simulator, nextPort);
  t.after(() => served.close());
  const client = (more: S3ClientConfig = {}) => {
    const made = new S3Client({
      endpoint: served.url,
      region,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: {
        accessKeyId: simulator.secrets.accessKeyId ?? "",
        secretAccessKey: simulator.secrets.secretAccessKey ?? "",
      },
      ...more,
    });
    t.after(() => made.destroy());
    return made;
  };
  const files = connector.connect({
    hosts: connector.hosts,
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: "s3", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  });
  const call = callTo(simulator, { now: clock });
  const pass = (ms: number) => {
    aheadMs += ms;
  };
  return { simulator, sdk: client(), client, files, call, pass };
}

const named = (name: string) => (error: unknown) => error instanceof Error && error.name === name;

test("the store's own client writes, reads, lists and deletes at the simulator", async (t) => {
  const { sdk } = await store(t);
  const put = await sdk.send(new PutObjectCommand({ Bucket, Key: "a/1.pdf", Body: body }));
  assert.ok(put.ChecksumCRC32, "its checksum comes back");
  await sdk.send(new PutObjectCommand({ Bucket, Key: "a/ö 2.pdf", Body: "two" }));
  const got = await sdk.send(new GetObjectCommand({ Bucket, Key: "a/1.pdf" }));
  assert.equal(await got.Body?.transformToString(), body.toString());
  const head = await sdk.send(new HeadObjectCommand({ Bucket, Key: "a/ö 2.pdf" }));
  assert.equal(head.ContentLength, 3);
  const list = await sdk.send(new ListObjectsV2Command({ Bucket, Prefix: "a/", MaxKeys: 1 }));
  assert.deepEqual([list.KeyCount, list.IsTruncated], [1, true]);
  await sdk.send(new DeleteObjectCommand({ Bucket, Key: "a/1.pdf" }));
  const gone = sdk.send(new GetObjectCommand({ Bucket, Key: "a/1.pdf" }));
  await assert.rejects(gone, named("NoSuchKey"));
});

test("a stream that the store's own client sends in chunks is kept without their frames", async (t) => {
  const { sdk, simulator } = await store(t);
  const Body = Readable.from([body.subarray(0, 5), body.subarray(5)]);
  const upload = { Bucket, Key: "stream.pdf", Body, ContentLength: body.length };
  await sdk.send(new PutObjectCommand(upload));
  const got = await sdk.send(new GetObjectCommand({ Bucket, Key: "stream.pdf" }));
  assert.equal(await got.Body?.transformToString(), body.toString());
  assert.match(JSON.stringify(simulator.records()[0]?.fields.headers), /x-amz-checksum-crc32/);
});

test("what Ordna keeps, the store's own client opens, under its real name and checked", async (t) => {
  const { sdk, files, call } = await store(t);
  const document = { fileName: "Lähete.pdf", mediaType: "application/pdf", bytes: body };
  const input = { key: "ABCDEFGHJK1234/label.pdf", document };
  assert.equal((await attempt(files.put, input, call, false)).kind, "done");
  const command = new GetObjectCommand({ Bucket, Key: input.key, ChecksumMode: "ENABLED" });
  const got = await sdk.send(command);
  assert.equal(await got.Body?.transformToString(), body.toString());
  assert.equal(got.ContentType, "application/pdf");
  assert.match(got.ContentDisposition ?? "", /filename\*=UTF-8''L%C3%A4hete\.pdf/);
  assert.ok(got.ChecksumSHA256);
});

test("a label that another client wrote first is not written over", async (t) => {
  const { sdk, files, call, simulator } = await store(t);
  const Key = "ABCDEFGHJK1234/label.pdf";
  await sdk.send(new PutObjectCommand({ Bucket, Key, Body: "%PDF-1.4 theirs" }));
  const before = simulator.records();
  const document = { fileName: "l.pdf", mediaType: "application/pdf", bytes: body };
  assert.equal((await attempt(files.put, { key: Key, document }, call, false)).kind, "failed");
  assert.deepEqual(simulator.records(), before);
  const createOnly = new PutObjectCommand({ Bucket, Key, Body: body, IfNoneMatch: "*" });
  await assert.rejects(sdk.send(createOnly), named("PreconditionFailed"));
});

test("a wrong secret has a name in an answer with a body, and none after HEAD", async (t) => {
  const { client } = await store(t);
  const credentials = { accessKeyId: "SIMULATEDKEY", secretAccessKey: "wrong" };
  const stranger = client({ credentials });
  const get = stranger.send(new GetObjectCommand({ Bucket, Key: "a.pdf" }));
  await assert.rejects(get, named("SignatureDoesNotMatch"));
  const head = stranger.send(new HeadObjectCommand({ Bucket, Key: "a.pdf" }));
  await assert.rejects(head, (error) => !named("SignatureDoesNotMatch")(error));
});

test("a link of the store's own presigner opens one object as it asks, for ten minutes", async (t) => {
  const { sdk, pass } = await store(t);
  await sdk.send(new PutObjectCommand({ Bucket, Key: "a.pdf", Body: body }));
  const wish = { ResponseContentDisposition: 'attachment; filename="label.pdf"' };
  const command = new GetObjectCommand({ Bucket, Key: "a.pdf", ...wish });
  const link = await getSignedUrl(sdk, command, tenMinutes);
  const opened = await fetch(link);
  assert.equal(opened.headers.get("content-disposition"), wish.ResponseContentDisposition);
  assert.equal(await opened.text(), body.toString());
  assert.equal((await fetch(link.replace("/a.pdf", "/b.pdf"))).status, 403);
  assert.equal((await fetch(link.replace("Expires=600", "Expires=6000"))).status, 403);
  pass(601_000);
  assert.match(await (await fetch(link)).text(), /Request has expired/);
  await assert.rejects(getSignedUrl(sdk, command, { expiresIn: 700_000 }), /one week/);
});

test("a link that Ordna mints opens that one file for ten minutes, and stands in no record", async (t) => {
  const { files, call, simulator, pass } = await store(t);
  const document = { fileName: "label.pdf", mediaType: "application/pdf", bytes: body };
  const file = await files.put.run({ key: "ABCDEFGHJK1234/label.pdf", document }, call);
  assert.ok(files.linkTo);
  const link = await files.linkTo(file, call.now());
  const open = async (url: string) => simulator.fetch(new Request(url));
  const opened = await open(link);
  assert.equal(await opened.text(), body.toString());
  assert.equal(opened.headers.get("content-type"), "application/pdf");
  assert.equal((await open(link.replace("label.pdf", "other.pdf"))).status, 403);
  assert.equal((await open(link.replace("Expires=600", "Expires=6000"))).status, 403);
  const other = await files.linkTo(file, new Date(call.now().getTime() + 1000));
  assert.notEqual(other, link, "each is minted when it is asked for");
  pass(601_000);
  assert.equal((await open(link)).status, 403);
  assert.ok(!JSON.stringify([file, simulator.records()]).includes("X-Amz-Signature"));
});

test("a presigned upload carries the checksum of nothing unless it is told not to", async (t) => {
  const { sdk, client } = await store(t);
  const command = () => new PutObjectCommand({ Bucket, Key: "up.pdf" });
  const upload = async (link: string) => (await fetch(link, { method: "PUT", body })).text();
  assert.match(await upload(await getSignedUrl(sdk, command(), tenMinutes)), /BadDigest/);
  const modest = client({ requestChecksumCalculation: "WHEN_REQUIRED" });
  assert.equal(await upload(await getSignedUrl(modest, command(), tenMinutes)), "");
});

test("a bucket with object lock takes only uploads that describe their bytes", async (t) => {
  const { sdk, client, simulator } = await store(t);
  simulator.setMood("object-lock", true);
  const put = (Key: string) => new PutObjectCommand({ Bucket, Key, Body: body });
  const modest = client({ requestChecksumCalculation: "WHEN_REQUIRED" });
  await assert.rejects(modest.send(put("a.pdf")), /Content-MD5 OR x-amz-checksum/);
  await sdk.send(put("b.pdf"));
  assert.deepEqual(
    simulator.records().map(({ id }) => id),
    ["b.pdf"],
  );
});
