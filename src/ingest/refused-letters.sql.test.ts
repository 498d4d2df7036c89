// What the door refuses: nothing of it is ever stored.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { stripeUnderTest, wiringOf } from "../connectors/stripe/shop-for-tests.ts";
import {
  aBody,
  doorNow,
  doorSecret,
  letter,
  type OpenDoor,
  openDoor,
  signed,
} from "./door-for-tests.ts";

const now = Math.floor(doorNow.getTime() / 1000);
const hex = "a".repeat(64);
const body = aBody("evt_refused");
const good = signed(body);
const [, signature = ""] = good.split("v1=");
const ofNaN = createHmac("sha256", doorSecret).update(`NaN.${body}`).digest("hex");
let shop: OpenDoor;

before(async () => {
  shop = await openDoor(stripeUnderTest().payments);
});
after(() => shop.close());

async function isNothingStored(): Promise<void> {
  assert.deepEqual([await shop.count("event"), await shop.count("due")], [0, 0]);
}

function flipped(text: string): string {
  return text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
}

const forged: readonly (readonly [what: string, header: string | null, why: RegExp])[] = [
  ["no signature", null, /no Stripe-Signature/],
  ["a signature with one bit wrong", flipped(good), /altered/],
  ["a signature of 301 s ago", signed(body, now - 301), /too old/],
  ["a signature from an hour ahead", signed(body, now + 3600), /future/],
  ["a time that is no number, signed so", `t=NaN,v1=${ofNaN}`, /timestamp/],
  ["a time in letters", `t=abc,v1=${signature}`, /timestamp/],
  ["two times", `t=1,t=${now},v1=${signature}`, /timestamp/],
  ["only a v0 signature", `t=${now},v0=${signature}`, /no v1/],
  ["a signature in capitals", `t=${now},v1=${signature.toUpperCase()}`, /hex/],
  ["a signature of 63 digits", `t=${now},v1=${signature.slice(1)}`, /hex/],
  ["200,000 signatures", `t=${now}${`,v1=${hex}`.repeat(200_000)}`, /4 KiB/],
  ["the signature of another endpoint", signed(body, now, "whsec_other"), /another endpoint/],
];

for (const [what, header, why] of forged) {
  test(`an event with ${what} is refused, and the operator hears why`, async () => {
    const answer = await shop.door(letter(body, header), "pikkuna");
    assert.equal(answer.status, 400);
    assert.match(shop.refused.at(-1) ?? "", why);
    assert.doesNotMatch(await answer.text(), /whsec|old|future|t=/, "a forger learns nothing");
    await isNothingStored();
  });
}

test("an event that somebody wrote anew with other spaces is refused", async () => {
  const spaced = JSON.stringify(JSON.parse(body), null, 1);
  assert.equal((await shop.door(letter(spaced, good), "pikkuna")).status, 400);
  await isNothingStored();
});

/** A delivery whose body comes bit by bit. */
function streamed(stream: ReadableStream): Request {
  // The standard wants "duplex" for a streamed body; the types do not know it yet.
  const init = {
    method: "POST",
    headers: { "stripe-signature": good },
    body: stream,
    duplex: "half",
  };
  return new Request("http://127.0.0.1/webhooks/stripe/pikkuna", init);
}

test("a body that ends early is refused, so that Stripe sends it whole", async () => {
  const cut = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body.slice(0, 40)));
      controller.error(new Error("aborted"));
    },
  });
  assert.equal((await shop.door(streamed(cut), "pikkuna")).status, 400);
  await isNothingStored();
});

test("a signed event of 1 MiB is kept, and one of a byte more is too large", async () => {
  const pad = (size: number) => body.replace('"type"', `"x":"${"x".repeat(size)}","type"`);
  const room = 1024 * 1024 - pad(0).length;
  const tooLarge = await shop.door(letter(pad(room + 1)), "pikkuna");
  assert.equal(tooLarge.status, 413);
  await isNothingStored();
  const large = pad(room).replace("evt_refused", "evt_large__");
  assert.equal(Buffer.byteLength(large), 1024 * 1024);
  assert.equal((await shop.door(letter(large), "pikkuna")).status, 200);
  assert.equal((await shop.kept("evt_large__"))?.body.length, 1024 * 1024);
});

test("a body without end is cut at 1 MiB: no more than that is ever held", async () => {
  const chunk = new Uint8Array(64 * 1024);
  let pulled = 0;
  let wasCancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(chunk);
    },
    cancel() {
      wasCancelled = true;
    },
  });
  const answer = await shop.door(streamed(endless), "pikkuna");
  assert.equal(answer.status, 413);
  assert.equal(answer.headers.get("connection"), "close");
  assert.ok(pulled <= 20, `${pulled} chunks of 64 KiB were taken`);
  assert.ok(wasCancelled, "the rest is not read");
});

test("a compressed body is refused before it is opened", async () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(16 * 1024 * 1024)));
  for (const encoding of ["gzip", "GZIP", "br", "deflate, gzip"]) {
    const request = letter(bomb, good, { "content-encoding": encoding });
    assert.equal((await shop.door(request, "pikkuna")).status, 415, encoding);
  }
});

test("only POST delivers", async () => {
  for (const method of ["GET", "DELETE", "PUT", "OPTIONS"]) {
    const request = new Request("http://127.0.0.1/webhooks/stripe/pikkuna", { method });
    const answer = await shop.door(request, "pikkuna");
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.get("allow"), "POST");
  }
});

test("a store that does not exist has no door", async () => {
  for (const store of ["", "other", "../admin", "__proto__", "constructor"]) {
    assert.equal((await shop.door(letter(body), store)).status, 404, store);
  }
});

test("200,000 signatures cost the door no time", async () => {
  const header = `t=${now}${`,v1=${hex}`.repeat(200_000)}`;
  let fastest = Number.POSITIVE_INFINITY;
  for (const delivery of [1, 2, 3, 4, 5].map(() => letter(body, header))) {
    const begun = performance.now();
    await shop.door(delivery, "pikkuna");
    fastest = Math.min(fastest, performance.now() - begun);
  }
  assert.ok(fastest < 50, `${fastest} ms`);
});

test("a shop without a webhook secret has no door: everything is refused", async () => {
  const { connector, simulator } = stripeUnderTest();
  const { secretKey = "" } = simulator.secrets;
  const payments = connector.connect(wiringOf(connector, { secretKey }));
  const door = shop.doorWith({ stores: new Map([["pikkuna", { payments }]]) });
  assert.equal((await door(letter(body), "pikkuna")).status, 400);
  assert.match(shop.refused.at(-1) ?? "", /No webhook secret is configured/);
  for (const empty of ["", " ", ","]) {
    const secrets = { secretKey, webhookSecrets: empty };
    assert.throws(() => connector.connect(wiringOf(connector, secrets)), /set, but empty/);
  }
});

test("the line break at the end of a secret's file is no part of the secret", async () => {
  const webhookSecrets = `${doorSecret}\n`;
  const { payments } = stripeUnderTest({}, { webhookSecrets });
  const door = shop.doorWith({ stores: new Map([["pikkuna", { payments }]]) });
  assert.equal((await door(letter(body), "pikkuna")).status, 200);
});
