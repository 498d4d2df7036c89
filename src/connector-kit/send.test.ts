// The real way out, over real connections on this machine.
import assert from "node:assert/strict";
import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { hostname } from "node:os";
import { after, describe, test } from "node:test";
import { ActionError } from "./action-error.ts";
import { bodyText, type HttpRequest } from "./http.ts";
import { isInsideAddress } from "./reachable-host.ts";
import { type Outlet, outlet } from "./send.ts";

const local: Outlet = outlet({ allowsPrivateHosts: true });
const servers: Server[] = [];
after(async () => {
  await local.close();
  for (const server of servers) server.close();
});

/** Below 32768, where the system hands out no ports for outgoing connections. */
async function listening(server: Server): Promise<string> {
  servers.push(server);
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isTaken = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(true));
      server.listen(port, "127.0.0.1", () => resolve(false));
    });
    if (!isTaken) return `http://127.0.0.1:${port}`;
  }
}

const serving = (handler: RequestListener) => listening(createServer(handler));

/** Takes the request, and then does `then` to the connection instead of answering. */
const breaking = (then: (socket: Socket) => void) =>
  listening(
    createTcpServer((socket) => socket.on("error", () => {}).once("data", () => then(socket))),
  );

async function failure(request: HttpRequest, msLeft = () => 2000): Promise<ActionError> {
  const thrown: unknown = await local
    .sendUntil(msLeft)(request)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  assert.ok(thrown instanceof ActionError, `${thrown}`);
  return thrown;
}

async function received(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const post = (url: string): HttpRequest => ({ method: "POST", url, body: "{}" });
const get = (url: string): HttpRequest => ({ method: "GET", url });

test("a request arrives as it was written, and any answer is an answer", async () => {
  const url = await serving(async (request, response) => {
    response.writeHead(418, { "X-Method": request.method, "Set-Cookie": ["a=1", "b=2"] });
    response.end(`${request.headers["x-key"]}: ${await received(request)}`);
  });
  const body = new TextEncoder().encode("Öberg");
  const request: HttpRequest = { method: "PUT", url: `${url}/x`, headers: { "X-Key": "k" }, body };
  const response = await local.sendUntil(() => 2000)(request);
  assert.equal(response.status, 418);
  assert.equal(bodyText(response), "k: Öberg");
  assert.equal(response.headers["x-method"], "PUT");
  assert.equal(response.headers["set-cookie"], "a=1, b=2");
  assert.equal(response.request, request);
});

describe("the address is sent byte for byte, because some providers sign it", () => {
  const addresses = [
    ["/a%2Fb/%7Euser?q=%20+%2B&z=1&a=2", undefined],
    ["/a/../b//c", undefined],
    ["/v1/Invoices?criteria=(Email:equals:a%40b.fi)", undefined],
    ["/?", undefined],
    ["", "/"],
    ["?list=all&path=/x", "/?list=all&path=/x"],
  ] as const;
  for (const [written, arrives] of addresses) {
    test(written || "(no path)", async () => {
      const url = await serving((request, response) => response.end(request.url));
      const response = await local.sendUntil(() => 2000)(get(`${url}${written}`));
      assert.equal(bodyText(response), arrives ?? written);
    });
  }
});

test("what is not fit for HTTP never leaves, and no secret is told", async () => {
  const url = await serving((_request, response) => response.end());
  const secret = { ...post(url), headers: { authorization: "Bearer secret\n" } };
  for (const request of [secret, post(`${url}/a b`), post(`${url}/\u0394`)]) {
    const { verdict, failure: why, message } = await failure(request);
    assert.deepEqual([verdict, why.cause], ["permanent", "config.invalid"]);
    assert.doesNotMatch(message, /secret/);
  }
});

test("where nobody listens nothing happened", async () => {
  const gone = createServer();
  const url = await listening(gone);
  await new Promise((resolve) => gone.close(resolve));
  const { verdict, failure: why } = await failure(post(url));
  assert.deepEqual([verdict, why.cause], ["transient", "provider.unreachable"]);
});

test("a name that nobody has is not reached", async () => {
  const { verdict } = await failure(post("https://nobody.invalid/"));
  assert.equal(verdict, "transient");
});

const breaks: readonly (readonly [string, (socket: Socket) => void])[] = [
  ["reset", (socket) => socket.resetAndDestroy()],
  ["closed", (socket) => socket.destroy()],
  ["answered with half an answer", (s) => s.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{}")],
  ["answered with nonsense", (socket) => socket.end("220 mail.example.com ESMTP\r\n")],
];
for (const [how, then] of breaks) {
  test(`a connection that is ${how} after the request leaves doubt about a change, and none about a read`, async () => {
    const url = await breaking(then);
    const changed = await failure(post(url));
    assert.deepEqual([changed.verdict, changed.failure.cause], ["ambiguous", "provider.no_answer"]);
    assert.equal((await failure(get(url))).verdict, "transient");
    assert.equal((await failure({ ...post(url), reads: true })).verdict, "transient");
  });
}

test("no request is sent twice, not even when its connection breaks", async () => {
  let requests = 0;
  const url = await breaking((socket) => {
    requests += 1;
    socket.resetAndDestroy();
  });
  await failure(get(url));
  await failure(post(url));
  assert.equal(requests, 2);
});

test("what takes longer than is left leaves doubt about a change", async () => {
  const slow = await serving((request) => request.resume());
  const begun = performance.now();
  const { verdict, message } = await failure(post(slow), () => 100);
  assert.equal(verdict, "ambiguous");
  assert.match(message, /did not answer in time/);
  // The server of this test never answers.
  assert.ok(performance.now() - begun < 20_000);
  const drip = await serving((_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(timer));
  });
  const dripped = await failure(get(drip), () => 150);
  assert.equal(dripped.verdict, "transient");
  assert.match(dripped.message, /did not answer in time/);
});

test("nothing leaves once the time of the attempt is used up", async () => {
  let requests = 0;
  const url = await serving((_request, response) => {
    requests += 1;
    response.end();
  });
  for (const msLeft of [0, -1, -60_000]) {
    const { verdict } = await failure(post(url), () => msLeft);
    assert.equal(verdict, "transient");
  }
  assert.equal(requests, 0);
});

test("an answer of more than 10 MiB is cut", async () => {
  let sentBytes = 0;
  const chunk = Buffer.alloc(1024 * 1024);
  const url = await serving((request, response) => {
    const size = Number(new URL(request.url ?? "", "http://x").searchParams.get("mib"));
    const write = () => {
      if (response.destroyed) return;
      if (sentBytes >= size * chunk.length) return response.end();
      sentBytes += chunk.length;
      response.write(chunk, write);
    };
    write();
  });
  const whole = await local.sendUntil(() => 60_000)(get(`${url}/?mib=10`));
  assert.equal(whole.body.length, 10 * chunk.length);
  sentBytes = 0;
  const { verdict, message } = await failure(post(`${url}/?mib=1000`), () => 60_000);
  assert.equal(verdict, "ambiguous");
  assert.match(message, /did not answer in less than 10 MiB/);
  assert.ok(sentBytes < 100 * chunk.length, `${sentBytes} bytes were sent`);
});

test("a provider that sends us elsewhere is not followed", async () => {
  let arrived = 0;
  const elsewhere = await serving((_request, response) => {
    arrived += 1;
    response.end();
  });
  const url = await serving((_request, response) => {
    response.writeHead(302, { location: elsewhere }).end();
  });
  const response = await local.sendUntil(() => 2000)(get(url));
  assert.equal(response.status, 302);
  assert.equal(arrived, 0);
});

test("machines inside the house are not reached, by number or by name", async (t) => {
  const guarded = outlet({ allowsPrivateHosts: false });
  const send = guarded.sendUntil(() => 1000);
  t.after(() => guarded.close());
  let arrived = 0;
  const url = await serving((_request, response) => {
    arrived += 1;
    response.end();
  });
  const { port } = new URL(url);
  for (const host of ["127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"]) {
    await assert.rejects(send(post(`https://${host}:${port}/`)), { verdict: "permanent" });
    await assert.rejects(send(post(`http://${host}:${port}/`)), { verdict: "permanent" });
  }
  assert.equal(arrived, 0);
  const own = await lookup(hostname()).catch(() => undefined);
  if (own && isInsideAddress(own.address)) {
    const refusal = { verdict: "transient", message: /EPRIVATEHOST/ };
    await assert.rejects(send(post(`https://${hostname()}:${port}/`)), refusal);
  }
});
