// A company's own accounts, against a small issuer on this machine that signs what it says.
import assert from "node:assert/strict";
import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { addInvitation } from "../ledger/access/invitations.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" };
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

let shop: OpenApp;
let issuer = "";
let claims: Record<string, unknown> = {};
let challenge = "";
const server = createServer((request, response) => {
  const json = (body: object) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.url?.startsWith("/.well-known")) {
    return void json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    });
  }
  if (request.url === "/jwks") return void json({ keys: [jwk] });
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const verifier = new URLSearchParams(body).get("code_verifier") ?? "";
    if (createHash("sha256").update(verifier).digest("base64url") !== challenge) {
      return void response.writeHead(400).end('{"error":"invalid_grant"}');
    }
    const nowS = Math.floor(Date.now() / 1000);
    const said = { iss: issuer, aud: "ordna", iat: nowS, exp: nowS + 60, ...claims };
    const text = `${encode({ alg: "RS256", kid: "one" })}.${encode(said)}`;
    const signature = createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");
    json({ access_token: "x", token_type: "Bearer", id_token: `${text}.${signature}` });
  });
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  shop = await openApp({
    access: { key: "a key", isSecure: false },
    publicUrl: "http://127.0.0.1",
    oidc: { issuer, clientId: "ordna", clientSecret: "a secret" },
  });
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await shop.close();
});

/** Goes to the issuer and comes back as whom it says. */
async function comeAs(who: Record<string, unknown>, change: { state?: string } = {}) {
  const start = await shop.get("/api/oidc/start");
  assert.equal(start.status, 302);
  const cookie = (start.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const there = new URL(start.headers.get("location") ?? "").searchParams;
  assert.equal(there.get("code_challenge_method"), "S256");
  challenge = there.get("code_challenge") ?? "";
  claims = { nonce: there.get("nonce"), ...who };
  const state = change.state ?? there.get("state") ?? "";
  return shop.get(`/api/oidc/callback?code=a-code&state=${state}`, {
    cookie,
    "sec-fetch-site": "cross-site",
  });
}

test("whom an owner invited comes in with the company's account, and later by its subject alone", async () => {
  const invitation = {
    email: "anna@shop.example",
    name: null,
    role: "manager",
    stores: null,
  } as const;
  await addInvitation(shop.db, "hash", invitation, 60);
  const anna = { sub: "anna", email: "Anna@Shop.Example", email_verified: true };
  const first = await comeAs(anna);
  assert.equal(first.status, 200, await first.clone().text());
  const cookie = (
    first.headers.getSetCookie().find((one) => one.startsWith("ordna-session")) ?? ""
  ).split(";")[0];
  const me = await (await shop.get("/api/session", { cookie: cookie ?? "" })).json();
  assert.deepEqual([me.name, me.role], ["anna@shop.example", "manager"]);
  assert.equal((await comeAs({ sub: "anna" })).status, 200);
});

const strangers: readonly (readonly [what: string, who: object, change?: { state: string }])[] = [
  ["nobody knows", { sub: "eve", email: "eve@shop.example", email_verified: true }],
  ["has an e-mail that nobody checked", { sub: "eve", email: "anna@shop.example" }],
  [
    "has Anna's e-mail and another account",
    { sub: "eve", email: "anna@shop.example", email_verified: true },
  ],
  ["brings another's nonce", { sub: "anna", nonce: "stolen" }],
  ["has a token for another program", { sub: "anna", aud: "another" }],
  ["did not leave from here", { sub: "anna" }, { state: "forged" }],
];
for (const [what, who, change] of strangers) {
  test(`whoever ${what} stays outside`, async () => {
    const answer = await comeAs({ ...who }, change);
    assert.equal(answer.status, 401);
    assert.ok(!answer.headers.getSetCookie().some((one) => one.startsWith("ordna-session")));
  });
}
