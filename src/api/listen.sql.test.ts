// The server as hostile clients meet it: raw bytes over a real socket.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type OpenApp, openApp } from "./app-for-tests.ts";
import { type Listener, listen } from "./listen.ts";

let shop: OpenApp;
let server: Listener;
let port: number;

before(async () => {
  shop = await openApp();
  port = 20_000 + (process.pid % 12_000);
  server = await firstFree();
});
after(async () => {
  await server.close();
  await shop.close();
});

async function firstFree(): Promise<Listener> {
  try {
    return await listen(shop.hono, "127.0.0.1", port);
  } catch {
    port += 1;
    return firstFree();
  }
}

/** What comes back until the server closes, or falls silent for `quietMs`. */
function talk(bytes: string, quietMs = 5000): Promise<{ text: string; isClosed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const end = (isClosed: boolean) => {
      socket.destroy();
      resolve({ text, isClosed });
    };
    socket.setTimeout(quietMs, () => end(false));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => end(true));
    socket.write(bytes);
  });
}

const head = (line: string, ...headers: readonly string[]) =>
  [line, `Host: 127.0.0.1:${port}`, ...headers, "", ""].join("\r\n");
const delivery = "POST /webhooks/stripe/pikkuna HTTP/1.1";

async function isAlive(): Promise<void> {
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
}

test("a body that claims 10 GB is refused before a byte of it is read, and the line is cut", async () => {
  const { text, isClosed } = await talk(head(delivery, "Content-Length: 10000000000"), 20_000);
  assert.match(text, /^HTTP\/1\.1 413 /);
  assert.ok(isClosed);
  await isAlive();
});

test("a chunked body without end is cut: the client cannot go on, and memory stays where it was", async () => {
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  const socket = connect(port, "127.0.0.1");
  let text = "";
  let sent = 0;
  const isClosed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => {});
  socket.on("data", (data) => {
    text += data;
  });
  socket.write(head(delivery, "Transfer-Encoding: chunked"));
  const push = () => {
    while (!socket.destroyed && sent < 1000 * chunk.length) {
      sent += chunk.length;
      if (!socket.write(chunk)) return void socket.once("drain", push);
    }
  };
  push();
  await isClosed;
  assert.ok(sent < 40 * 1024 * 1024, `${sent} bytes were taken`);
  assert.match(text, /^(HTTP\/1\.1 413 |$)/);
  await isAlive();
});

test("200,000 signatures in a header never reach the door", async () => {
  const header = `Stripe-Signature: t=1${`,v1=${"a".repeat(64)}`.repeat(3000)}`;
  const { text } = await talk(head(delivery, header, "Content-Length: 2"));
  assert.match(text, /^HTTP\/1\.1 431 /);
  await isAlive();
});

test("two lengths for one body (smuggling) are refused", async () => {
  const both = head(delivery, "Content-Length: 4", "Transfer-Encoding: chunked");
  const { text } = await talk(`${both}0\r\n\r\nGET /api/orders HTTP/1.1\r\n\r\n`);
  assert.match(text, /^HTTP\/1\.1 400 /);
  assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1, "the second request is not answered");
});

const oddRequests: readonly (readonly [line: string, status: RegExp])[] = [
  ["DELETE /webhooks/stripe/pikkuna HTTP/1.1", /^HTTP\/1\.1 405 /],
  ["TRACE /webhooks/stripe/pikkuna HTTP/1.1", /^HTTP\/1\.1 (405|400|501) /],
  ["DELETE /webhooks/stripe HTTP/1.1", /^HTTP\/1\.1 404 /],
  ["POST /webhooks/stripe/..%2fadmin HTTP/1.1", /^HTTP\/1\.1 404 /],
  ["POST /webhooks/stripe/../admin HTTP/1.1", /^HTTP\/1\.1 404 /],
  ["POST /webhooks/stripe/nobody HTTP/1.1", /^HTTP\/1\.1 404 /],
];

for (const [line, status] of oddRequests) {
  test(`${line} is answered with a plain no`, async () => {
    const { text } = await talk(head(line, "Content-Length: 0", "Connection: close"));
    assert.match(text, status);
    assert.doesNotMatch(text, /node_modules|at .*\.ts:/, "nothing of ours is shown");
    await isAlive();
  });
}

const climbs = [
  "/assets/../../../package.json",
  "/assets/%2e%2e/%2e%2e/%2e%2e/package.json",
  "/assets/..%2f..%2f..%2fpackage.json",
  "/assets/..%5c..%5cpackage.json",
  "/assets/..\\..\\..\\package.json",
  "/assets//etc/passwd",
  "/assets/%00",
  "//etc/passwd",
];

for (const path of climbs) {
  test(`no file outside of the page is served: ${path}`, async () => {
    const { text } = await talk(head(`GET ${path} HTTP/1.1`, "Connection: close"));
    assert.match(text, /^HTTP\/1\.1 (200|400|404) /);
    assert.doesNotMatch(text, /"devDependencies"|root:x:0/);
  });
}

test("a folder of the page is not found, and is no outage", async () => {
  for (const path of ["/assets/", "/assets/nothing.js"]) {
    assert.equal((await fetch(`${server.url}${path}`)).status, 404, path);
  }
});

test("every address inside the page is the page, which is asked for anew each time", async (t) => {
  if (!existsSync(new URL("../../dist/console/index.html", import.meta.url))) {
    return t.skip("The page is not built.");
  }
  for (const path of ["/", "/orders/AAAAAAAAAAADONE"]) {
    const answer = await fetch(`${server.url}${path}`);
    assert.match(await answer.text(), /<title>Ordna<\/title>/);
    assert.equal(answer.headers.get("cache-control"), "no-cache");
  }
});

test("a port that is taken is an error that says what to do", async () => {
  await assert.rejects(listen(shop.hono, "127.0.0.1", port), /Port \d+ is taken.*ORDNA_PORT/);
});

test("the server closes although a page listens for ever", async () => {
  const other = await listen(shop.hono, "127.0.0.1", 0);
  const answer = await fetch(`${other.url}/api/stream`);
  const isClosed = other.close().then(() => true);
  assert.ok(await Promise.race([isClosed, sleep(20_000, false, { ref: false })]));
  await answer.body?.cancel().catch(() => {});
});
