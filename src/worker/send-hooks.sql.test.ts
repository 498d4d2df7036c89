// Other programs hear of every fact, signed, whatever goes wrong on the way.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { attention, done, type OpenApp, openApp } from "../api/app-for-tests.ts";
import { outlet } from "../connector-kit/send.ts";
import { type HookSending, sendDue, sendHooks, signed } from "./send-hooks.ts";

interface Heard {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let shop: OpenApp;
let receiver: Server;
let url: string;
let heard: Heard[] = [];
let answer: () => number | "hang up" = () => 200;
const way = outlet({ allowsPrivateHosts: true });

before(async () => {
  shop = await openApp({ mayHooksStayInside: true });
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      heard.push({ headers, body });
      const status = answer();
      if (status === "hang up") return void request.socket.destroy();
      response.writeHead(status).end("thank you");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
});
after(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await way.close();
  await shop.close();
});
beforeEach(async () => {
  await shop.db.query("delete from hook");
  heard = [];
  answer = () => 200;
});

const sending = (): HookSending => ({
  db: shop.db,
  sealFor: shop.options.sealFor,
  send: way.sendUntil,
  random: () => 0,
  onError: (error) => assert.fail(String(error)),
});

async function addHook(events: readonly string[]) {
  const answer = await shop.post("/api/hooks", { url, events });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json() as Promise<{ id: number; secret: string }>;
}

const messages = async (id: number) =>
  (await (await shop.get(`/api/hooks/${id}/messages`)).json()).messages;
const letTimePass = () =>
  shop.db.query("update hook_message set due_at = now() where due_at is not null");

async function finish(reference: string) {
  await shop.open(reference);
  await shop.work(reference, "check", done);
  const output = { bookingId: "1", trackingNumber: "0037", secretNote: "no" };
  await shop.work(reference, "booking", { ...done, output });
}

test("the signature is that of the specification's example", () => {
  const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
  const payload = '{"test": 2432232314}';
  const at = new Date(1_614_265_330_000);
  const example = new Webhook(secrets[0] ?? "").sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, payload);
  assert.equal(example, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  const headers = signed({ id: 7, secrets, payload }, new Date());
  assert.deepEqual(new Webhook(secrets[0] ?? "").verify(payload, headers), JSON.parse(payload));
});

test("parcel and end of an order are told once each, signed, with nothing of the customer", async () => {
  const { id, secret } = await addHook(["order.done", "shipment.created"]);
  await finish("HHHHHHHHHHHHONE");
  await sendDue(sending());
  assert.equal(await sendDue(sending()), 0);
  const told = heard.map(({ body, headers }) => {
    new Webhook(secret).verify(body, headers);
    return JSON.parse(body);
  });
  assert.deepEqual(told.map(({ type }) => type).sort(), ["order.done", "shipment.created"]);
  const parcel = told.find(({ type }) => type === "shipment.created");
  const { reference, store, step, trackingNumber } = parcel.data;
  assert.deepEqual(
    [reference, store, step, trackingNumber],
    ["HHHHHHHHHHHHONE", "pikkuna", "booking", "0037"],
  );
  assert.doesNotMatch(JSON.stringify(told), /secretNote|Example Buyer|buyer@/);
  assert.deepEqual(
    (await messages(id)).map(({ state }: { state: string }) => state),
    ["arrived", "arrived"],
  );
});

test("a message exists if and only if its fact does: they are one transaction", async () => {
  await addHook(["order.attention"]);
  const reference = await shop.open("HHHHHHHHROLLBACK".slice(0, 15));
  const undone = shop.db.transaction(async (tx) => {
    await tx.query("update orders set state = 'attention' where reference = $1", [reference]);
    throw new Error("undone");
  });
  await assert.rejects(undone, /undone/);
  assert.equal(await sendDue(sending()), 0);
  await shop.work(reference, "check", attention);
  assert.equal(await sendDue(sending()), 1);
});

test("an answer that was lost or refused is tried again later, with the same id, and stands in the log", async () => {
  const { id } = await addHook(["order.done"]);
  await finish("HHHHHHHHHHRETRY");
  const answers: ("hang up" | number)[] = ["hang up", 500, 200];
  answer = () => answers.shift() ?? 200;
  for (let tries = 0; tries < 3; tries++) {
    assert.equal(await sendDue(sending()), 1);
    assert.equal(await sendDue(sending()), 0, "not before its time");
    await letTimePass();
  }
  assert.equal(new Set(heard.map(({ headers }) => headers["webhook-id"])).size, 1);
  const [message] = await messages(id);
  assert.equal(message.state, "arrived");
  assert.deepEqual(
    message.tries.map(({ status }: { status: number | null }) => status),
    [null, 500, 200],
  );
});

test("a sender that dies while it sends loses nothing: another one sends it again", async () => {
  await addHook(["order.done"]);
  await finish("HHHHHHHHHHHKILL");
  const dying = { ...sending(), send: () => () => new Promise<never>(() => {}) };
  void sendDue(dying);
  const taken = "select 1 from hook_message where leased_until is not null";
  for (let i = 0; i < 200 && (await shop.db.query(taken, [])).rowCount === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(await sendDue(sending()), 0, "it is another's for a minute");
  await shop.db.query("update hook_message set leased_until = now() - interval '1 second'");
  const running = sendHooks(sending());
  for (let i = 0; i < 500 && heard.length === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await running.stop();
  assert.equal(heard.length, 1);
});

test("a receiver to which nothing arrives for five days is left alone until a person says so", async () => {
  const { id } = await addHook(["order.done"]);
  await finish("HHHHHHHHHLONGAGO".slice(0, 15));
  answer = () => 503;
  await sendDue(sending());
  await shop.db.query("update hook set failing_since = now() - interval '6 days'");
  await letTimePass();
  await sendDue(sending());
  const hook = async () => (await (await shop.get("/api/hooks")).json()).hooks[0];
  assert.match((await hook()).disabledBecause, /5 days/);
  assert.deepEqual(
    await alerts(),
    ["A hook is not told any more: 127.0.0.1"],
    "somebody hears of it",
  );
  await letTimePass();
  assert.equal(await sendDue(sending()), 0);
  answer = () => 200;
  assert.equal((await shop.post(`/api/hooks/${id}/enable`, {})).status, 200);
  assert.equal(await sendDue(sending()), 1);
  assert.equal((await hook()).disabledAt, null);
  assert.deepEqual(await alerts(), [
    "A hook is not told any more: 127.0.0.1",
    "The hook is told again",
  ]);
});

async function alerts() {
  const { rows } = await shop.db.query<{ title: string }>(
    "select title from alert where title like '%hook%' order by id",
  );
  return rows.map(({ title }) => title.replace(/:\d+$/, ""));
}

test("after a change of secret both sign, and a message may be sent once more", async () => {
  const { id, secret: old } = await addHook(["order.done"]);
  const { secret } = await (await shop.post(`/api/hooks/${id}/rotate`, {})).json();
  await finish("HHHHHHHHHROTATE");
  await sendDue(sending());
  const [message] = await messages(id);
  assert.equal((await shop.post(`/api/hooks/${id}/messages/${message.id}/replay`, {})).status, 200);
  await sendDue(sending());
  assert.equal(heard.length, 2);
  for (const { body, headers } of heard) {
    for (const one of [old, secret]) new Webhook(one).verify(body, headers);
  }
});

test("an address inside this network is no receiver: not when it is given, nor when it is called", async () => {
  const guarded = await openApp();
  for (const inside of ["http://169.254.169.254/", "https://10.0.0.7/", "http://example.com/"]) {
    const answer = await guarded.post("/api/hooks", { url: inside, events: ["order.done"] });
    assert.equal(answer.status, 400, inside);
  }
  await guarded.close();
  const { id } = await addHook(["order.done"]);
  await finish("HHHHHHHHHINSIDE");
  const safe = outlet({ allowsPrivateHosts: false });
  await sendDue({ ...sending(), send: safe.sendUntil });
  await safe.close();
  assert.equal(heard.length, 0);
  const [message] = await messages(id);
  assert.match(message.tries[0].error, /inside this network/);
});
