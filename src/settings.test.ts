// Every environment variable, right and wrong.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { type Environment, readSettings } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "ordna-settings-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const problemsOf = (env: Environment) => [...readSettings(env).problems];

test("without any variable Ordna runs on this machine, with everything beside it", () => {
  const settings = readSettings({});
  assert.deepEqual(settings.problems, []);
  assert.equal(settings.dataFolder, resolve(".data"));
  assert.equal(settings.cacheFolder, resolve(".cache"));
  assert.equal(settings.configFile, resolve("ordna.config.ts"));
  assert.equal(settings.host, "127.0.0.1");
  assert.equal(settings.port, 4700);
  assert.equal(settings.publicUrl, "http://127.0.0.1:4700");
  assert.equal(settings.databaseUrl, undefined);
  assert.equal(settings.redisUrl, undefined);
  assert.equal(settings.sandboxPort, 4801);
  assert.equal(settings.concurrency, 50);
  assert.equal(settings.consoleKey, undefined);
  assert.equal(settings.logLevel, "info");
  assert.equal(settings.secret("STRIPE_SECRET_KEY"), undefined);
  assert.equal(settings.hostOf("zoho"), undefined);
});

test("every variable is taken as it is written, without the space around it", () => {
  const settings = readSettings({
    ORDNA_DATA: " /tmp/ordna data \n",
    ORDNA_CACHE: "/tmp/cache",
    ORDNA_CONFIG: "shops/one.config.ts",
    ORDNA_HOST: "0.0.0.0",
    ORDNA_PORT: "0",
    ORDNA_PUBLIC_URL: "https://ordna.example/",
    DATABASE_URL: "postgres://ordna:p%40ss@db.example:5432/ordna?sslmode=verify-full",
    REDIS_URL: "rediss://:secret@redis.example:6380/2",
    ORDNA_SANDBOX_PORT: "5801",
    ORDNA_CONCURRENCY: "1",
    ORDNA_CONSOLE_KEY: "a key",
    ORDNA_LOG: "debug",
    STRIPE_SECRET_KEY: " sk_test_1\n",
    ORDNA_ZOHO_URL: "http://127.0.0.1:9000//",
    ORDNA_MY_CRM_URL: "https://crm.example",
  });
  assert.deepEqual(settings.problems, []);
  assert.equal(settings.dataFolder, "/tmp/ordna data");
  assert.equal(settings.cacheFolder, "/tmp/cache");
  assert.equal(settings.configFile, resolve("shops/one.config.ts"));
  assert.equal(settings.host, "0.0.0.0");
  assert.equal(settings.port, 0);
  assert.equal(settings.publicUrl, "https://ordna.example");
  assert.match(settings.databaseUrl ?? "", /^postgres:.*verify-full$/);
  assert.equal(settings.redisUrl, "rediss://:secret@redis.example:6380/2");
  assert.equal(settings.sandboxPort, 5801);
  assert.equal(settings.concurrency, 1);
  assert.equal(settings.consoleKey, "a key");
  assert.equal(settings.logLevel, "debug");
  assert.equal(settings.secret("STRIPE_SECRET_KEY"), "sk_test_1");
  assert.equal(settings.hostOf("zoho"), "http://127.0.0.1:9000");
  assert.equal(settings.hostOf("my-crm"), "https://crm.example");
});

const wrong: readonly (readonly [name: string, values: readonly string[], sentence: RegExp])[] = [
  [
    "ORDNA_PORT",
    ["-1", "65536", "4700.5", "http", "NaN", "Infinity", "0x10", "1e3"],
    /^ORDNA_PORT must be a whole number from 0 to 65535, not ".+"\.$/,
  ],
  ["ORDNA_SANDBOX_PORT", ["80", "65001"], /^ORDNA_SANDBOX_PORT must be .* 1024 to 65000/],
  ["ORDNA_CONCURRENCY", ["0", "1001", "many"], /^ORDNA_CONCURRENCY must be .* 1 to 1000/],
  [
    "ORDNA_PUBLIC_URL",
    ["ordna.example", "ftp://ordna.example", "javascript:alert(1)", "//x"],
    /^ORDNA_PUBLIC_URL must be an address that begins with http:\/\/ or https:\/\/\.$/,
  ],
  ["DATABASE_URL", ["mysql://db/x", "db", "/var/lib"], /^DATABASE_URL must be .* postgres:\/\//],
  ["REDIS_URL", ["localhost:6379", "http://redis"], /^REDIS_URL must be .* redis:\/\//],
  ["ORDNA_LOG", ["loud", "INFO", "7"], /^ORDNA_LOG must be one of .*info.*, not ".+"\.$/],
];

for (const [name, values, sentence] of wrong) {
  test(`a wrong ${name} is one sentence that says what it must be`, () => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      assert.equal(problems.length, 1, value);
      assert.match(problems[0] ?? "", sentence);
    }
  });
}

test("everything that is wrong is named at once", () => {
  const env = { ORDNA_PORT: "x", ORDNA_CONCURRENCY: "y", REDIS_URL: "z", ORDNA_LOG: "w" };
  assert.equal(problemsOf(env).length, 4);
});

test("a problem never shows an address that may hold a password", () => {
  const env = { DATABASE_URL: "mysql://u:hunter2@db/x", REDIS_URL: "http://:hunter2@redis" };
  assert.doesNotMatch(problemsOf(env).join(), /hunter2/);
});

test("a wrong address of a provider is one sentence, however often it is asked for", () => {
  const settings = readSettings({ ORDNA_ZOHO_URL: "zoho.example" });
  for (const _again of [1, 2, 3]) assert.equal(settings.hostOf("zoho"), undefined);
  assert.equal(settings.problems.length, 1);
  assert.match(settings.problems[0] ?? "", /^ORDNA_ZOHO_URL must be an address/);
});

test("a secret may lie in a file, and the line break at its end is no part of it", () => {
  const settings = readSettings({
    STRIPE_WEBHOOK_SECRET_FILE: file("one", "whsec_1\n"),
    ORDNA_CONSOLE_KEY_FILE: file("two", "  a key\r\n"),
    DATABASE_URL_FILE: file("three", "postgres://db/x\n"),
    REDIS_URL_FILE: file("four", "redis://r\n"),
    ORDNA_ZOHO_URL_FILE: file("five", "https://zoho.example/\n"),
    EMPTY_FILE: file("six", "\n"),
  });
  assert.equal(settings.secret("STRIPE_WEBHOOK_SECRET"), "whsec_1");
  assert.equal(settings.consoleKey, "a key");
  assert.equal(settings.databaseUrl, "postgres://db/x");
  assert.equal(settings.redisUrl, "redis://r");
  assert.equal(settings.hostOf("zoho"), "https://zoho.example");
  assert.equal(settings.secret("EMPTY"), undefined);
  assert.deepEqual(settings.problems, []);
});

test("the variable itself comes before its file, and an empty one counts as not set", () => {
  const path = file("seven", "from the file");
  assert.equal(readSettings({ A: "from here", A_FILE: path }).secret("A"), "from here");
  assert.equal(readSettings({ A: " ", A_FILE: path }).secret("A"), "from the file");
  assert.equal(readSettings({ A: "" }).secret("A"), undefined);
});

test("a file that cannot be read is one sentence, not a missing secret", () => {
  const settings = readSettings({ STRIPE_SECRET_KEY_FILE: join(folder, "nothing") });
  for (const _again of [1, 2]) assert.equal(settings.secret("STRIPE_SECRET_KEY"), undefined);
  const sentence = "STRIPE_SECRET_KEY_FILE names a file that cannot be read.";
  assert.deepEqual(settings.problems, [sentence]);
  assert.match(problemsOf({ DATABASE_URL_FILE: folder })[0] ?? "", /^DATABASE_URL_FILE names/);
});

test("links of an Ordna that listens on IPv6 can be followed", () => {
  const { publicUrl } = readSettings({ ORDNA_HOST: "::1", ORDNA_PORT: "4701" });
  assert.equal(publicUrl, "http://[::1]:4701");
  assert.equal(new URL(publicUrl).port, "4701");
});

test("sealing keys are told newest first, and a short one is refused before anything is sealed with it", () => {
  const [newest, older] = ["n".repeat(32), "o".repeat(40)];
  const { sealingKeys, problems } = readSettings({ ORDNA_SEALING_KEY: ` ${newest}, ${older} ` });
  assert.deepEqual([sealingKeys, problems], [[newest, older], []]);
  assert.deepEqual(readSettings({}).sealingKeys, []);
  assert.match(problemsOf({ ORDNA_SEALING_KEY: `${newest},short` })[0] ?? "", /32 characters/);
  assert.match(problemsOf({ ORDNA_LINK_DAYS: "0" })[0] ?? "", /ORDNA_LINK_DAYS/);
});
