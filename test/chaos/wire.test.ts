import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/test-services.mjs";
import { openWire, type Wire } from "./wire.ts";

const heard: string[] = [];
const server = createServer((socket) => {
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    heard.push(String(chunk));
    socket.write(`heard ${chunk}`);
  });
});
let wire: Wire;

beforeEach(async () => {
  heard.length = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  wire = await openWire(await freePort(), (server.address() as AddressInfo).port);
});

afterEach(async () => {
  await wire.close();
  server.close();
});

async function call(): Promise<Socket> {
  const socket = connect(wire.port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {});
  return socket;
}

const broken = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));
const answer = async (socket: Socket) => String((await once(socket, "data"))[0]);

test("a wire that passes brings question and answer", async () => {
  const socket = await call();
  socket.write("a question");
  assert.equal(await answer(socket), "heard a question");
  socket.destroy();
});

test("a cut wire breaks connections and refuses new ones, and later takes them again", async () => {
  const socket = await call();
  const gone = broken(socket);
  await wire.set("cut");
  await gone;
  await assert.rejects(call(), { code: "ECONNREFUSED" });
  await wire.set("passes");
  const next = await call();
  next.write("again");
  assert.equal(await answer(next), "heard again");
  next.destroy();
});

test("what is sent into a wire that stalls comes later", async () => {
  const socket = await call();
  socket.write("before");
  await answer(socket);
  await wire.set("stalls");
  socket.write("meanwhile");
  await sleep(100);
  assert.deepEqual(heard, ["before"]);
  await wire.set("passes");
  assert.equal(await answer(socket), "heard meanwhile");
  socket.destroy();
});

test("what is sent into a wire that swallows never comes, and the connection breaks in the end", async () => {
  const socket = await call();
  socket.write("before");
  await answer(socket);
  await wire.set("swallows");
  socket.write("meanwhile");
  await sleep(100);
  const gone = broken(socket);
  await wire.set("passes");
  await gone;
  assert.deepEqual(heard, ["before"]);
});
