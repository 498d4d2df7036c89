// Where somebody is logged in, and how it ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeWelcome } from "./access/welcome.ts";
import { app } from "./app.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

const password = "four plain words are long enough";
let shop: OpenApp;
let server: ReturnType<typeof app>;

interface Browser {
  ask(method: string, path: string, body?: unknown): Promise<Response>;
}

function aBrowser(): Browser {
  let cookie = "";
  return {
    async ask(method, path, body) {
      const answer = await server.request(`http://127.0.0.1${path}`, {
        method,
        headers: { cookie, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      return answer;
    },
  };
}

before(async () => {
  shop = await openApp();
  server = app({ ...shop.options, access: { key: "the-key", isSecure: false } });
});
after(() => shop.close());

async function logIn(email: string): Promise<Browser> {
  const browser = aBrowser();
  const answer = await browser.ask("POST", "/api/session", { email, password });
  assert.equal(answer.status, 200, await answer.clone().text());
  return browser;
}

const sessionsOf = async (browser: Browser) =>
  (await (await browser.ask("GET", "/api/account")).json()).sessions;

test("everybody sees where they are logged in, and ends it there; an owner ends it for another", async () => {
  const owner = aBrowser();
  await owner.ask("GET", `/welcome?token=${await makeWelcome(shop.db)}`);
  const email = "owner@example.com";
  await owner.ask("POST", "/api/account/password", { email, password });
  const elsewhere = await logIn(email);
  const seen = await sessionsOf(owner);
  assert.deepEqual(
    seen.map(({ isThis }: { isThis: boolean }) => isThis),
    [true, false],
  );
  assert.doesNotMatch(JSON.stringify(seen), /[\w-]{40}/, "nothing that opens a session");
  await owner.ask("DELETE", `/api/account/sessions/${seen[1].id}`, {});
  assert.equal((await elsewhere.ask("GET", "/api/account")).status, 401);
  assert.equal((await owner.ask("DELETE", `/api/account/sessions/${seen[1].id}`, {})).status, 404);

  await logIn(email);
  await owner.ask("DELETE", "/api/account/sessions", {});
  assert.equal((await sessionsOf(owner)).length, 1);

  const invited = await owner.ask("POST", "/api/invitations", {
    email: "viewer@example.com",
    role: "viewer",
  });
  const token = /invitation=([\w-]+)/.exec((await invited.json()).link)?.[1];
  const viewer = aBrowser();
  await viewer.ask("POST", "/api/session/accept", { token, name: "Viewer", password });
  const { people } = await (await owner.ask("GET", "/api/people")).json();
  const { id } = people.find((one: { role: string }) => one.role === "viewer");
  assert.equal((await viewer.ask("DELETE", `/api/people/${id}/sessions`, {})).status, 403);
  assert.equal((await owner.ask("DELETE", `/api/people/${id}/sessions`, {})).status, 200);
  assert.equal((await viewer.ask("GET", "/api/account")).status, 401);
});
