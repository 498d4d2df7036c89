// What keeps a shop from starting, and which providers are real.
import assert from "node:assert/strict";
import { test } from "node:test";
import config from "../../ordna.config.ts";
import type { Connector } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import { type Environment, readSettings } from "../settings.ts";
import {
  connectStore,
  isSimulated,
  roleNames,
  type ServedSimulator,
  storeProblems,
} from "./connect-store.ts";
import type { StoreConfig } from "./define-config.ts";

const shop: StoreConfig = Object.values(config.stores)[0] ?? assert.fail("there is a store");
const everyName = roleNames.flatMap((role) => Object.values(shop[role].secrets).map((s) => s.env));
const everySecret = Object.fromEntries(everyName.map((name) => [name, "given"]));
const tokens = { read: async () => undefined, write: async () => true };
const problemsOf = (env: Environment) => storeProblems("pikkuna", shop, readSettings(env));
const stripeTest = { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: "whsec_1" };
const stripeLive = { ...stripeTest, STRIPE_SECRET_KEY: "sk_live_1" };

test("without any key everything that has keys is simulated, and the shop starts", () => {
  assert.deepEqual(problemsOf({}), []);
  const settings = readSettings({});
  const real = roleNames.filter((role) => !isSimulated(shop[role], settings));
  assert.deepEqual(real, ["files"], "a folder has no key to miss");
});

test("with every key nothing is simulated, and the shop starts", () => {
  assert.deepEqual(problemsOf({ ...everySecret, ...stripeLive }), []);
  const settings = readSettings({ ...everySecret, ...stripeLive });
  assert.ok(roleNames.every((role) => !isSimulated(shop[role], settings)));
});

test("one key of three is a mistake, and the sentence names what is missing", () => {
  assert.deepEqual(problemsOf({ ZOHO_CLIENT_ID: "1" }), [
    "pikkuna: zoho needs ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN too; set them, or none of ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN to simulate it.",
  ]);
  assert.deepEqual(problemsOf({ TELEGRAM_CHAT_ID: "1" }), [
    "pikkuna: telegram needs TELEGRAM_BOT_TOKEN too; set it, or none of TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID to simulate it.",
  ]);
});

test("an empty webhook secret beside a real key keeps the shop from starting", () => {
  for (const empty of ["", " ", "\n"]) {
    const env = { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: empty };
    assert.match(problemsOf(env).join(), /stripe needs STRIPE_WEBHOOK_SECRET too/);
  }
});

test("only what setting up can get may be missing, and only while setting up", () => {
  const almost = { ZOHO_CLIENT_ID: "1", ZOHO_CLIENT_SECRET: "2" };
  const [problem] = problemsOf(almost);
  assert.match(problem ?? "", /zoho needs ZOHO_REFRESH_TOKEN too.*"ordna setup zoho" gets it\.$/);
  const whileSettingUp = (env: Environment) =>
    storeProblems("pikkuna", shop, readSettings(env), true);
  assert.deepEqual(whileSettingUp(almost), []);
  assert.match(whileSettingUp({ ZOHO_CLIENT_ID: "1" }).join(), /zoho needs ZOHO_CLIENT_SECRET/);
  assert.match(whileSettingUp({ NETVISOR_PARTNER_KEY: "1" }).join(), /netvisor needs/);
});

test("Stripe's test mode may be mixed with simulated providers", () => {
  assert.deepEqual(problemsOf(stripeTest), []);
});

for (const key of ["sk_live_1", "rk_live_1"]) {
  test(`real money (${key.slice(0, 7)}) is never mixed with simulated providers`, () => {
    const [problem, ...others] = problemsOf({ ...stripeTest, STRIPE_SECRET_KEY: key });
    assert.deepEqual(others, []);
    assert.match(problem ?? "", /Stripe is in live mode, so no provider may be simulated/);
    assert.match(problem ?? "", /postnord \(POSTNORD_API_KEY\)/);
    assert.doesNotMatch(problem ?? "", /_live_|whsec_1/, "no secret is shown");
  });
}

test("a live key that lies in the wrong variable is found as well", () => {
  const env = { STRIPE_SECRET_KEY: "whsec_1", STRIPE_WEBHOOK_SECRET: "sk_live_1" };
  assert.match(problemsOf(env).join(), /live mode/);
});

const hosts: readonly (readonly [url: string, isWelcome: boolean])[] = [
  ["https://crm.example", true],
  ["http://127.0.0.1:9000", true],
  ["http://localhost:9000", true],
  ["http://[::1]:9000", true],
  ["http://crm.example", false],
  ["http://10.0.0.7", false],
  ["http://127.evil.example", false],
  ["http://127.0.0.1.evil.example", false],
  ["http://localhost.evil.example", false],
];

for (const [url, isWelcome] of hosts) {
  test(`${url} is ${isWelcome ? "" : "no "}place to send a key to`, () => {
    const problems = problemsOf({ ORDNA_ZOHO_URL: url });
    if (isWelcome) assert.deepEqual(problems, []);
    else assert.match(problems.join(), /^pikkuna: ORDNA_ZOHO_URL must use https/);
  });
}

test("an address that is none, or a key's file that cannot be read, keeps the shop from starting", () => {
  const env = { ORDNA_ZOHO_URL: "zoho.example", STRIPE_SECRET_KEY_FILE: "/nowhere/key" };
  const problems = problemsOf(env);
  assert.match(problems.join(), /ORDNA_ZOHO_URL must be an address/);
  assert.match(problems.join(), /STRIPE_SECRET_KEY_FILE names a file that cannot be read/);
  assert.equal(problems.length, 2, "each of them once");
});

function connectWith(env: Environment, simulators = new Map()) {
  return connectStore("pikkuna", shop, readSettings(env), simulators, tokens);
}

test("a provider's variable replaces all of its addresses, and leaves the others alone", () => {
  const { wirings } = connectWith({
    ...everySecret,
    ...stripeTest,
    ORDNA_ZOHO_URL: "https://proxy.example/zoho/",
  });
  assert.deepEqual([...new Set(Object.values(wirings.crm.hosts))], ["https://proxy.example/zoho"]);
  assert.deepEqual(Object.keys(wirings.crm.hosts), Object.keys(shop.crm.hosts));
  assert.deepEqual(wirings.carrier.hosts, shop.carrier.hosts);
  assert.equal(wirings.crm.connection.simulated, false);
});

test("a simulated provider gets the simulator's address, keys and speed", () => {
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  for (const role of roleNames.filter((name) => name !== "files")) {
    const simulator = shop[role].simulate(memoryKit());
    simulators.set(shop[role], { simulator, url: `http://127.0.0.1:4801/${role}` });
  }
  const { wirings } = connectWith({ ORDNA_ZOHO_URL: "https://real.example" }, simulators);
  const { hosts: crmHosts, secrets, connection } = wirings.crm;
  assert.deepEqual([...new Set(Object.values(crmHosts))], ["http://127.0.0.1:4801/crm"]);
  assert.deepEqual(secrets, simulators.get(shop.crm)?.simulator.secrets);
  assert.equal(connection.simulated, true);
  assert.equal(connection.maxLagMs, simulators.get(shop.crm)?.simulator.maxLagMs);
  assert.equal(wirings.files.connection.simulated, false);
});

test("a real provider does without a key that it can do without, and is given it when it is there", () => {
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  const given = (more: Environment) => {
    const settings = readSettings({ ...everySecret, ...stripeTest, ...more });
    assert.deepEqual(storeProblems("pikkuna", shop, settings), []);
    const { roles, wirings } = connectStore("pikkuna", shop, settings, simulators, tokens);
    return { roles, secrets: wirings.mail.secrets };
  };
  const without = given({});
  assert.deepEqual(without.secrets, { apiKey: "given" });
  assert.equal(without.roles.mail.deliveries, undefined);
  const withKey = given({ MAILGUN_WEBHOOK_SIGNING_KEY: "signing" });
  assert.deepEqual(withKey.secrets, { apiKey: "given", webhookSigningKey: "signing" });
  assert.ok(withKey.roles.mail.deliveries);
});

test("a key that is of no use alone does not hide that its provider is simulated", () => {
  assert.deepEqual(problemsOf({ MAILGUN_WEBHOOK_SIGNING_KEY: "signing" }), [
    "pikkuna: MAILGUN_WEBHOOK_SIGNING_KEY is of no use without MAILGUN_API_KEY.",
  ]);
});
