// Who is who, and what each may see and do; over a real ledger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Secret, TOTP } from "otpauth";
import type { Role } from "../ledger/access/people.ts";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { verifyDecisions } from "../ledger/decisions/verify-decisions.ts";
import { makeWelcome } from "./access/welcome.ts";
import { attention, type OpenApp, openApp } from "./app-for-tests.ts";

const terminalKey = "the terminal's key";
const password = "four words are a password";
let shop: OpenApp;
let owner: Browser;
const reference = "AAAAAAAAAAWAITS";

before(async () => {
  shop = await openApp({ access: { key: terminalKey, isSecure: false }, publicUrl: "http://x" });
  await shop.open(reference);
  await shop.work(reference, "check", attention);
  owner = browser();
  await owner.get(`/welcome?token=${await makeWelcome(shop.db)}`);
});
after(() => shop.close());

type Browser = ReturnType<typeof browser>;

/** Keeps its cookie. */
function browser() {
  let cookie = "";
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await shop.hono.request(`http://127.0.0.1${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.get("set-cookie");
    if (set) cookie = set.split(";")[0] ?? "";
    return answer;
  };
  return {
    cookie: () => cookie,
    get: (path: string) => ask("GET", path),
    post: (path: string, body: unknown) => ask("POST", path, body),
    patch: (path: string, body: unknown) => ask("PATCH", path, body),
    drop: (path: string, body?: unknown) => ask("DELETE", path, body),
  };
}

async function invited(role: Role, stores: readonly string[] | null = null) {
  const email = `${role}${stores?.join("") ?? ""}@shop.example`;
  const invitation = await owner.post("/api/invitations", { email, role, stores });
  assert.equal(invitation.status, 200, await invitation.clone().text());
  const { link } = await invitation.json();
  const token = new URL(link).hash.split("=")[1];
  const visitor = browser();
  const accepted = await visitor.post("/api/session/accept", { token, name: role, password });
  assert.equal(accepted.status, 200, await accepted.clone().text());
  return { ...visitor, email, token };
}

const masked = /Example Buyer|buyer@example|Mannerheimintie/;

test("whoever came by the welcome link chooses e-mail and password, and logs in by them", async () => {
  const short = await owner.post("/api/account/password", { email: "o@x.example", password: "12" });
  assert.equal(short.status, 400);
  const email = "Owner@Shop.Example";
  assert.equal((await owner.post("/api/account/password", { email, password })).status, 200);
  assert.equal(await makeWelcome(shop.db), undefined, "nobody needs a welcome any more");
  const other = browser();
  assert.equal((await other.post("/api/session", { email, password })).status, 200);
  assert.equal((await (await other.get("/api/session")).json()).role, "owner");
  const { rows } = await shop.db.query<{ password: string }>("select password from person");
  assert.match(rows[0]?.password ?? "", /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
});

test("a log-in gets a new session, and a log-out ends it", async () => {
  const visitor = browser();
  const wish = { email: "owner@shop.example", password };
  await visitor.post("/api/session", wish);
  const first = visitor.cookie();
  await visitor.post("/api/session", wish);
  assert.notEqual(visitor.cookie(), first);
  const old = await shop.get("/api/status", { cookie: first });
  assert.equal(old.status, 401, "the session before is over");
  const kept = visitor.cookie();
  await visitor.drop("/api/session");
  assert.equal((await shop.get("/api/status", { cookie: kept })).status, 401);
});

test("a session ends after 12 idle hours, and after 7 days whatever happens", async () => {
  for (const column of ["used_at = now() - interval '13 hours'", "ends_at = now()"]) {
    const visitor = browser();
    await visitor.post("/api/session", { email: "owner@shop.example", password });
    assert.equal((await visitor.get("/api/status")).status, 200);
    await shop.db.query(
      `update session set ${column} where begun_at = (select max(begun_at) from session)`,
    );
    assert.equal((await visitor.get("/api/status")).status, 401, column);
  }
});

test("wrong passwords make anybody wait, whether or not there is such a person", async () => {
  const tell = async (email: string) => {
    const answers: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      const answer = await browser().post("/api/session", { email, password: "wrong wrong wrong" });
      answers.push([answer.status, (await answer.json()).detail.replace(/\d+/, "n")]);
    }
    return answers;
  };
  const known = await tell("owner@shop.example");
  const unknown = await tell("nobody@shop.example");
  assert.deepEqual(known, unknown);
  assert.equal(JSON.stringify(known).match(/429/g)?.length, 1);
  await shop.db.query("delete from log_in_failure");
});

test("a second factor is asked for, each code works once, and a recovery code opens when it is lost", async () => {
  const { email, ...visitor } = await invited("finance");
  const { secret } = await (await visitor.post("/api/account/second-factor", {})).json();
  const totp = new TOTP({ issuer: "Ordna", secret: Secret.fromBase32(secret) });
  const wrong = await visitor.post("/api/account/second-factor/confirm", { code: "000000" });
  assert.equal(wrong.status, 400);
  const code = totp.generate();
  const confirmed = await visitor.post("/api/account/second-factor/confirm", { code });
  const { recoveryCodes } = await confirmed.json();
  assert.equal(recoveryCodes.length, 10);
  const enter = async (more: object) =>
    (await browser().post("/api/session", { email, password, ...more })).status;
  assert.equal(await enter({}), 401);
  assert.equal(await enter({ code }), 401, "the code was used when it was confirmed");
  const next = totp.generate({ timestamp: Date.now() + 30_000 });
  assert.equal(await enter({ code: next }), 200);
  assert.equal(await enter({ code: next }), 401, "the same code again");
  assert.equal(await enter({ code: recoveryCodes[0] }), 200);
  assert.equal(await enter({ code: recoveryCodes[0] }), 401);
  await shop.db.query("delete from log_in_failure");
});

test("a viewer sees the order without the customer, and moves nothing", async () => {
  const viewer = await invited("viewer");
  const seen = await viewer.get(`/api/orders/${reference}`);
  assert.equal(seen.status, 200);
  const text = await seen.text();
  assert.doesNotMatch(text, masked);
  assert.match(text, /Blackout curtain/);
  const forbidden: readonly (readonly [string, string])[] = [
    ["POST", `/api/orders/${reference}/retry`],
    ["GET", `/api/orders/${reference}/files/label`],
    ["POST", "/api/keys"],
    ["GET", "/api/people"],
    ["GET", "/api/hooks"],
    ["GET", "/api/decisions"],
    ["POST", "/api/backfill"],
  ];
  for (const [method, path] of forbidden) {
    const answer = method === "GET" ? await viewer.get(path) : await viewer.post(path, {});
    assert.equal(answer.status, 403, path);
  }
});

test("an order manager sees whom it goes to and tries again; keys and people are an owner's", async () => {
  const manager = await invited("manager");
  assert.match(await (await manager.get(`/api/orders/${reference}`)).text(), masked);
  assert.equal((await manager.post(`/api/orders/${reference}/retry`, {})).status, 200);
  assert.equal((await manager.get("/api/keys")).status, 403);
});

test("a developer sees no customer until the glass is broken, for a reason that is written down with each look", async () => {
  const developer = await invited("developer");
  const look = async () => (await developer.get(`/api/orders/${reference}`)).text();
  assert.doesNotMatch(await look(), masked);
  assert.equal((await developer.post("/api/session/reveal", { reason: "short" })).status, 400);
  const reason = "The address of this order is refused by PostNord";
  assert.equal((await developer.post("/api/session/reveal", { reason })).status, 200);
  assert.match(await look(), masked);
  const [lookLine] = await listDecisions(shop.db, { what: "personal.look", limit: 1 });
  assert.deepEqual([lookLine?.actor, lookLine?.reference], [developer.email, reference]);
  const [broken] = await listDecisions(shop.db, { what: "personal.reveal", limit: 1 });
  assert.equal(broken?.reason, reason);
  await shop.db.query("update session set revealed_until = now()");
  assert.doesNotMatch(await look(), masked);
});

test("who may see one store finds no order of another", async () => {
  const other = await invited("manager", ["elsewhere"]);
  assert.equal((await other.get(`/api/orders/${reference}`)).status, 404);
  assert.equal((await other.post(`/api/orders/${reference}/retry`, {})).status, 404);
  assert.deepEqual((await (await other.get("/api/orders")).json()).orders, []);
  assert.equal((await other.post("/api/backfill", {})).status, 403);
  const own = await invited("viewer", ["pikkuna"]);
  assert.equal((await own.get(`/api/orders/${reference}`)).status, 200);
});

test("an invitation works once, and whoever is put out is out at once; one owner stays", async () => {
  const { token, ...leaving } = await invited("owner", ["pikkuna"]);
  const again = await browser().post("/api/session/accept", { token, name: "x", password });
  assert.equal(again.status, 404);
  const { people } = await (await owner.get("/api/people")).json();
  const last = people.at(-1).id;
  assert.equal((await owner.patch(`/api/people/${last}`, { isDisabled: true })).status, 200);
  assert.equal((await leaving.get("/api/status")).status, 401);
  const own = await owner.patch(`/api/people/${people[0].id}`, { role: "viewer" });
  assert.equal(own.status, 409);
});

test("a program's key does what its scopes say, is kept as a hash, and ends when it is revoked", async () => {
  const wish = { name: "print station", scopes: ["read"] };
  const { id, key } = await (await owner.post("/api/keys", wish)).json();
  const authorization = `Bearer ${key}`;
  const status = async (path: string) => (await shop.get(path, { authorization })).status;
  assert.equal(await status("/api/orders"), 200);
  assert.equal(await status("/api/hooks"), 403);
  const { rows } = await shop.db.query("select * from api_key");
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(key.slice(6)));
  const { keys } = await (await owner.get("/api/keys")).json();
  assert.ok(keys[0].lastUsedAt);
  assert.equal((await owner.drop(`/api/keys/${id}`)).status, 200);
  assert.equal(await status("/api/orders"), 401);
});

test("who asks too often is asked to wait", async () => {
  const slow = await openApp({ mostAMinute: 3 });
  const answers = [1, 2, 3, 4].map(() => slow.get("/api/session"));
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 200, 200, 429]);
  await slow.close();
});

test("all of it stands in one log whose chain holds, and holds no secret", async () => {
  const decisions = await listDecisions(shop.db, { limit: 200 });
  const whats = new Set(decisions.map(({ what }) => what));
  for (const what of ["user.log-in", "user.invite", "user.change", "key.make", "key.revoke"]) {
    assert.ok(whats.has(what), what);
  }
  assert.doesNotMatch(JSON.stringify(decisions), /four words|argon2id|ordna_/);
  assert.equal((await verifyDecisions(shop.db)).broken, undefined);
});
