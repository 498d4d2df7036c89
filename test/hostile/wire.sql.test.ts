// The running server as hostile clients meet it: sizes, encodings, slowness, smuggling (28-31, 33).
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { places } from "../journey/places.ts";
import { type HostileShop, openHostileShop } from "./hostile-shop.ts";

const mebibyte = 1024 * 1024;

for (const [index, place] of places.entries()) {
  describe(`the server, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 8_000 + index * 300);
    });
    after(() => shop.close());

    const head = (line: string, ...headers: readonly string[]) =>
      [line, "Host: 127.0.0.1", ...headers, "", ""].join("\r\n");
    const delivery = "POST /webhooks/stripe/pikkuna HTTP/1.1";
    const isAlive = async () => assert.equal((await fetch(`${shop.url}/healthz`)).status, 200);

    test("28: a signed body of 1 MiB is kept; one byte more is 413 and not stored", async () => {
      const events = await shop.count("event");
      const pad = (size: number) => `{"x":"${"x".repeat(size - 8)}"}`;
      assert.equal((await shop.deliver(pad(mebibyte + 1))).status, 413);
      assert.equal(await shop.count("event"), events);
      assert.equal((await shop.deliver(pad(mebibyte))).status, 200);
      assert.equal(await shop.count("event"), events + 1);
    });

    test("28: a body that claims 10 GB is 413 before a byte of it is read, and the line is cut", async () => {
      const { text, isClosed } = await shop.talk(
        head(delivery, "Content-Length: 10000000000"),
        20_000,
      );
      assert.match(text, /^HTTP\/1\.1 413 /);
      assert.ok(isClosed);
      await isAlive();
    });

    test("28: twenty bodies without end are cut off, and nobody's memory pays for them", async () => {
      const sent = await Promise.all(
        Array.from({ length: 20 }, () => pourWithoutEnd(shop.port, head)),
      );
      for (const bytes of sent) assert.ok(bytes < 32 * mebibyte, `${bytes} bytes were taken`);
      await isAlive();
    });

    test("29: a compressed body is 415, whatever it would become", async () => {
      const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
      for (const encoding of ["gzip", "GZIP", "br", "deflate, gzip"]) {
        const answer = await fetch(`${shop.url}/webhooks/stripe/pikkuna`, {
          method: "POST",
          body: new Uint8Array(bomb),
          headers: { "content-encoding": encoding, "stripe-signature": shop.sign("x") },
        });
        assert.equal(answer.status, 415, encoding);
      }
      await isAlive();
    });

    test("30: 500 clients that send a byte a second are all cut off, and others are served meanwhile", async () => {
      const slow = Array.from({ length: 500 }, () => drip(shop.port));
      let served = 0;
      const cut = Promise.all(slow.map(({ closed }) => closed)).then(() => true as const);
      // headersTimeout is 5 s and looked at every 2 s; the rest is for a busy machine.
      const tooLate = sleep(60_000, false as const, { ref: false });
      let isCut: boolean | undefined;
      Promise.race([cut, tooLate]).then((how) => {
        isCut = how;
      });
      while (isCut === undefined) {
        await isAlive();
        served += 1;
        await sleep(200);
      }
      for (const { socket } of slow) socket.destroy();
      assert.ok(isCut, "every slow client was cut off");
      assert.ok(slow.every(({ text }) => /^(HTTP\/1\.1 408 |$)/.test(text())));
      assert.ok(served > 5, `${served} others were served`);
    });

    const smuggled = "0\r\n\r\nGET /api/orders HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    const ambiguous: readonly (readonly [what: string, headers: readonly string[]])[] = [
      ["a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"]],
      ["chunks and a length", ["Transfer-Encoding: chunked", "Content-Length: 4"]],
      ["two lengths", ["Content-Length: 4", "Content-Length: 60"]],
      ["a length with a sign", ["Content-Length: +4"]],
      ["a space before the colon", ["Transfer-Encoding : chunked"]],
      ["an encoding that only ends in chunked", ["Transfer-Encoding: xchunked"]],
      ["chunks that are not last", ["Transfer-Encoding: chunked, identity"]],
    ];
    for (const [what, headers] of ambiguous) {
      test(`31: a request of ${what} is refused, and nothing behind it is answered`, async () => {
        const { text } = await shop.talk(`${head(delivery, ...headers)}${smuggled}`);
        assert.match(text, /^HTTP\/1\.1 400 /);
        assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
        await isAlive();
      });
    }

    const odd: readonly (readonly [line: string, status: RegExp])[] = [
      ["DELETE /webhooks/stripe/pikkuna", /^HTTP\/1\.1 405 /],
      ["TRACE /webhooks/stripe/pikkuna", /^HTTP\/1\.1 (405|400|501) /],
      ["CONNECT 127.0.0.1:6379", /^(HTTP\/1\.1 (400|404|405) |$)/],
      ["POST /webhooks/stripe/..%2fadmin", /^HTTP\/1\.1 404 /],
      ["POST /webhooks/stripe/%2e%2e/api/orders", /^HTTP\/1\.1 404 /],
      ["POST /webhooks/stripe/pikkuna%00", /^HTTP\/1\.1 404 /],
      ["POST /webhooks/stripe/__proto__", /^HTTP\/1\.1 404 /],
      ["POST http://elsewhere.example/webhooks/stripe/nobody", /^HTTP\/1\.1 404 /],
    ];
    for (const [line, status] of odd) {
      test(`33: ${line} is a plain no`, async () => {
        const request = head(`${line} HTTP/1.1`, "Content-Length: 0", "Connection: close");
        const { text } = await shop.talk(request);
        assert.match(text, status);
        assert.doesNotMatch(text, /node_modules|at .*\.ts:/, "nothing of ours is shown");
        await isAlive();
      });
    }
  });
}

type Head = (line: string, ...headers: readonly string[]) => string;

/** How many bytes were taken from us before the line was cut. */
async function pourWithoutEnd(port: number, head: Head): Promise<number> {
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  const socket = connect(port, "127.0.0.1");
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => {});
  socket.resume();
  socket.write(head("POST /webhooks/stripe/pikkuna HTTP/1.1", "Transfer-Encoding: chunked"));
  let sent = 0;
  const push = () => {
    while (!socket.destroyed && sent < 500 * mebibyte) {
      sent += chunk.length;
      if (!socket.write(chunk)) return void socket.once("drain", push);
    }
  };
  push();
  await closed;
  return sent - socket.writableLength;
}

/** A client that never comes to the end of its headers. */
function drip(port: number): { socket: Socket; closed: Promise<void>; text: () => string } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("error", () => {});
  socket.on("data", (data) => {
    text += data;
  });
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write("POST /webhooks/stripe/pikkuna HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
  const timer = setInterval(() => socket.writable && socket.write("x"), 1000);
  closed.then(() => clearInterval(timer));
  return { socket, closed, text: () => text };
}
