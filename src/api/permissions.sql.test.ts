// The review of permissions: every address of the API, and who may. A new address fails here until somebody decides.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addPerson, type Role, roles } from "../ledger/access/people.ts";
import { beginSession } from "../ledger/access/sessions.ts";
import { hashOf } from "./access/secret.ts";
import { attention, type OpenApp, openApp } from "./app-for-tests.ts";

const anybody = "nobody viewer manager finance developer owner";
const all = "viewer manager finance developer owner";
const deciders = "manager owner";
const personal = "manager finance owner";
const tech = "developer owner";
const log = "manager finance developer owner";

const review: Readonly<Record<string, string>> = {
  "GET /status": all,
  "GET /pipelines": all,
  "GET /orders": all,
  "GET /orders/{reference}": all,
  "GET /orders/{reference}/decisions": all,
  "GET /orders/{reference}/files/{step}": personal,
  "POST /orders/{reference}/files/{step}/link": personal,
  "POST /orders/{reference}/retry": deciders,
  "POST /orders/{reference}/steps/{step}/retry": deciders,
  "POST /orders/{reference}/steps/{step}/settle": deciders,
  "POST /orders/{reference}/steps/{step}/by-hand": deciders,
  "POST /orders/{reference}/steps/{step}/skip": deciders,
  "POST /orders/{reference}/hold": deciders,
  "POST /orders/{reference}/release": deciders,
  "POST /orders/{reference}/cancel": deciders,
  "POST /orders/{reference}/invoice-copy": deciders,
  "POST /orders/{reference}/credit": deciders,
  "POST /orders/{reference}/return": deciders,
  "POST /orders/{reference}/assign": deciders,
  "POST /orders/{reference}/snooze": deciders,
  "POST /orders/{reference}/note": deciders,
  "POST /orders/{reference}/amend": deciders,
  "POST /orders/{reference}/resend-email": deciders,
  "POST /orders/{reference}/choose-service": deciders,
  "POST /orders/{reference}/ask-customer": deciders,
  "GET /inbox": all,
  "GET /counts": all,
  "GET /decisions": log,
  "GET /decisions/verified": log,
  "POST /retries": deciders,
  "GET /retries": all,
  "POST /retries/{id}/cancel": deciders,
  "GET /events": all,
  "GET /events/{id}/payload": all,
  "POST /events/{id}/read-again": tech,
  "POST /customers/export": "owner",
  "POST /customers/erase": "owner",
  "POST /backfill": tech,
  "POST /audit": tech,
  "GET /stream": all,
  "GET /session": anybody,
  "POST /session": anybody,
  "DELETE /session": anybody,
  "POST /session/accept": anybody,
  "POST /session/reveal": tech,
  "GET /oidc/available": anybody,
  "GET /oidc/start": anybody,
  "GET /oidc/callback": anybody,
  "POST /account/password": all,
  "POST /account/second-factor": all,
  "DELETE /account/second-factor": all,
  "POST /account/second-factor/confirm": all,
  "GET /people": "owner",
  "PATCH /people/{id}": "owner",
  "POST /invitations": "owner",
  "POST /welcome": "owner",
  "GET /keys": "owner",
  "POST /keys": "owner",
  "DELETE /keys/{id}": "owner",
  "GET /hooks": tech,
  "POST /hooks": tech,
  "POST /hooks/{id}/rotate": tech,
  "DELETE /hooks/{id}": tech,
  "POST /hooks/{id}/enable": tech,
  "GET /hooks/{id}/messages": tech,
  "POST /hooks/{id}/messages/{message}/replay": tech,
  "DELETE /account/sessions": all,
  "DELETE /account/sessions/{id}": all,
  "DELETE /people/{id}/sessions": "owner",
  "GET /account": all,
  "GET /books": all,
  "POST /books/{books}/close": "finance owner",
  "GET /colleagues": deciders,
  "GET /configuration": all,
  "GET /letters/{template}/{language}": all,
  "GET /hooks/messages": tech,
  "GET /hooks/{id}/messages/{message}": tech,
  "POST /accounts/pause": deciders,
  "POST /accounts/resume": deciders,
  "POST /backup": "owner",
  "POST /causes/name": tech,
  "POST /orders/selected/decide": deciders,
  "GET /accounts": all,
  "GET /accounts/calls": all,
  "GET /accounts/days": all,
  "POST /accounts/probe": deciders,
  "GET /labels": all,
  "POST /labels/pdf": personal,
  "POST /labels/zpl": personal,
  "POST /labels/printed": deciders,
  "GET /invoices": all,
  "GET /invoices/{books}/{number}": all,
  "GET /invoices/{books}/{number}/{format}": personal,
  "GET /reports/days": all,
  "GET /reports/orders": all,
  "GET /reports/invoices": all,
};

/** What is about the whole installation is refused to who may see some stores only. */
const ofTheWhole =
  / \/(retries|customers|backfill|audit|people|invitations|welcome|keys|hooks|accounts)/;

const reference = "AAAAAAAAAAWAITS";
let shop: OpenApp;
let operations: string[] = [];
const cookies = new Map<string, string>();

async function enter(role: Role, stores: readonly string[] | null): Promise<string> {
  const email = `${role}-${stores?.join("") ?? "all"}@shop.example`;
  const person = await addPerson(shop.db, { email, name: role, role, stores });
  const secret = `secret of ${email}`.replaceAll(/\W/g, "-");
  await beginSession(shop.db, hashOf(secret), person);
  return `ordna-session=${secret}`;
}

before(async () => {
  shop = await openApp({ access: { key: "the terminal's key", isSecure: false } });
  await shop.open(reference);
  await shop.work(reference, "check", attention);
  for (const role of roles) {
    cookies.set(role, await enter(role, null));
    cookies.set(`${role} elsewhere`, await enter(role, ["elsewhere"]));
    cookies.set(`${role} here`, await enter(role, ["pikkuna"]));
  }
  const { paths } = await (await shop.get("/api/openapi.json", as("owner"))).json();
  operations = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
});
after(() => shop.close());

const as = (who: string) => ({ cookie: cookies.get(who) ?? "" });

/** With a body that fits nothing: whoever may ask is told so, and nothing changes. */
async function ask(operation: string, who: string) {
  const [method = "", path = ""] = operation.split(" ");
  const values: Readonly<Record<string, string>> = { reference, step: "check", books: "b" };
  const url = `http://127.0.0.1/api${path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "999999999")}`;
  const query = path === "/reports/invoices" ? "?from=2026-11-01&until=2026-12-01" : "";
  const isLooking = method === "GET";
  const response = await shop.hono.request(url + query, {
    method,
    headers: { ...as(who), ...(isLooking ? {} : { "content-type": "application/json" }) },
    ...(isLooking ? {} : { body: '"nothing that fits"' }),
  });
  if (path !== "/stream" || !response.ok)
    return { status: response.status, text: await response.text() };
  await response.body?.cancel();
  return { status: response.status, text: "" };
}

test("every address of the API has been reviewed, and the review names no other", () => {
  assert.deepEqual(operations.toSorted(), Object.keys(review).toSorted());
});

for (const who of ["nobody", ...roles]) {
  test(`${who} gets what the review says, and is refused all else`, async () => {
    for (const operation of operations) {
      // It would end the session that asks.
      if (operation === "DELETE /session") continue;
      const { status, text } = await ask(operation, who);
      const isRefused =
        (status === 401 || status === 403) && /Your role|Log in, open the link/.test(text);
      const isAllowed = review[operation]?.split(" ").includes(who) ?? false;
      assert.equal(!isRefused, isAllowed, `${who}: ${operation} was answered ${status}`);
    }
  });
}

const looks = () => operations.filter((one) => one.startsWith("GET "));
const customer = /Example Buyer|buyer@example|Mannerheimintie|\+358401234567|12 A 4/;

test("what a viewer or a developer is shown names no customer, wherever they look", async () => {
  let shown = 0;
  for (const who of ["viewer", "developer"]) {
    for (const operation of looks()) {
      const { status, text } = await ask(operation, who);
      if (status === 200) shown += 1;
      assert.doesNotMatch(text, customer, `${who}: ${operation}`);
    }
  }
  assert.ok(shown > 30, `${shown} were shown`);
  const order = "GET /orders/{reference}";
  assert.match((await ask(order, "manager")).text, customer);
  const toFinance = (await ask(order, "finance")).text;
  assert.match(toFinance, /Example Buyer/);
  assert.doesNotMatch(toFinance, /358401234567/, "who keeps the books calls nobody");
});

test("who may see another store only is shown nothing of this one, and who may see this one is shown it", async () => {
  for (const role of roles) {
    for (const operation of operations.filter((one) => one !== "DELETE /session")) {
      const { status, text } = await ask(operation, `${role} elsewhere`);
      assert.ok(!text.includes(reference), `${role} elsewhere: ${operation}`);
      if (ofTheWhole.test(operation)) assert.equal(status, 403, operation);
      else if (operation.includes("{reference}")) assert.ok(status >= 400, operation);
    }
    for (const list of ["/orders", "/inbox", "/events"]) {
      const { status, text } = await ask(`GET ${list}`, `${role} here`);
      assert.equal(status, 200, list);
      assert.ok(text.includes(reference), `${role} here: ${list}`);
    }
  }
});
