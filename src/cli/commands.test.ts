// The commands as a person runs them: processes of their own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { testCacheFolder } from "../ledger/database/test-database.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ordna-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of stdout. */
  readonly last: string;
}

function ordna(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const sandboxPort = String(20_000 + (process.pid % 11_000));
  const options = {
    cwd: root,
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      ORDNA_DATA: join(folder, "data"),
      ORDNA_CACHE: testCacheFolder,
      ORDNA_SANDBOX_PORT: sandboxPort,
      // Nobody listens there.
      ORDNA_SERVER: "http://127.0.0.1:9",
      NO_COLOR: "1",
      ...env,
    },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? 128) : 0;
      resolve({ code, stdout, stderr, last: stdout.trimEnd().split("\n").at(-1) ?? "" });
    });
  });
}

test("help names every command and is no failure", async () => {
  const { code, stdout, stderr } = await ordna(["--help"]);
  assert.equal(code, 0);
  for (const command of [
    "start",
    "serve",
    "demo",
    "orders",
    "events",
    "retry",
    "audit",
    "doctor",
    "migrate",
    "send",
  ]) {
    assert.match(stdout + stderr, new RegExp(`\\b${command}\\b`));
  }
});

test("a command that does not exist is a failure", async () => {
  const { code, stderr, stdout } = await ordna(["ordres"]);
  assert.notEqual(code, 0);
  assert.match(stderr + stdout, /ordres/);
});

const asking: readonly (readonly string[])[] = [
  ["orders", "list"],
  ["orders", "show", "ABCDEFGHJK1234"],
  ["retry", "ABCDEFGHJK1234"],
  ["orders", "amend", "ABCDEFGHJK1234", "--postal-code", "00100", "--reason", "a digit"],
  ["orders", "settle", "ABCDEFGHJK1234", "--step", "booking", "--no-there"],
  ["events", "list", "--quarantined"],
  ["events", "read-again", "evt_1"],
  ["audit", "--since", "7d"],
  ["send", "order-eur-inclusive"],
];

for (const command of asking) {
  test(`"${command.join(" ")}" without a running Ordna says what to do, to people and to scripts`, async () => {
    const { code, stdout, stderr, last } = await ordna([...command, "--json"]);
    assert.equal(code, 1);
    assert.match(stderr, /No Ordna answers at http:\/\/127\.0\.0\.1:9\. Start it with npm start/);
    assert.deepEqual(JSON.parse(last), { error: stderr.trim() });
    assert.doesNotMatch(stdout + stderr, /\n {4}at /, "a sentence, not a stack");
  });
}

test("a new shop's database is made by migrate, and made again it is only looked at", async () => {
  for (const _time of ["first", "again"]) {
    const { code, last, stderr } = await ordna(["migrate", "--json"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(last), { migrated: true });
  }
});

test("the doctor finds everything well in the sandbox, without any key", async () => {
  const { code, last, stderr } = await ordna(["doctor", "--json"], {
    ORDNA_DATA: join(folder, "doctor"),
  });
  assert.equal(code, 0, stderr);
  const { ok, findings } = JSON.parse(last);
  assert.equal(ok, true);
  const of = (what: string) => findings.find((f: { what: string }) => f.what.endsWith(what));
  for (const what of [
    "stripe",
    "zoho",
    "airtable",
    "postnord",
    "netvisor",
    "mailgun",
    "telegram",
  ]) {
    assert.deepEqual([of(what)?.isWell, of(what)?.isSimulated], [true, true], what);
  }
  assert.equal(of("folder")?.isSimulated, false);
  assert.equal(of("database")?.isWell, true);
});

test("the doctor says what real orders still need, tells people when asked to, and with --live ends with 1", async () => {
  const env = {
    ORDNA_DATA: join(folder, "doctor"),
    ORDNA_PUBLIC_URL: "https://ordna.example.com",
    ORDNA_BACKUPS: "server",
  };
  const { code, last, stderr } = await ordna(["doctor", "--live", "--yes", "--json"], env);
  assert.equal(code, 1, stderr);
  const { ok, ready, checklist } = JSON.parse(last);
  assert.deepEqual([ok, ready], [false, false]);
  const well = new Map<string, boolean>(
    checklist.map((one: { what: string; isWell: boolean }) => [one.what, one.isWell]),
  );
  for (const what of ["public address", "durability", "backups", "clock", "disk space"]) {
    assert.equal(well.get(what), true, what);
  }
  assert.equal(well.get("pikkuna: alerts"), true, "a test message was taken");
  assert.equal(well.get("pikkuna: VAT"), true);
  assert.equal(well.get("pikkuna: keys"), false, "there is no live key");
  assert.equal(well.get("retention"), false, "nobody decided");
});

test("everything that is wrong with the settings is told at once, and nothing is begun", async () => {
  const data = join(folder, "never");
  const env = {
    ORDNA_DATA: data,
    ORDNA_PORT: "http",
    ORDNA_LOG: "loud",
    ORDNA_ZOHO_URL: "zoho.example",
    MAILGUN_API_KEY_FILE: join(folder, "nothing"),
    ZOHO_CLIENT_ID: "1",
  };
  const { code, stderr, last } = await ordna(["doctor", "--json"], env);
  assert.equal(code, 1);
  const sentences = [
    /Ordna cannot start:/,
    /ORDNA_PORT must be a whole number/,
    /ORDNA_LOG must be one of/,
    /ORDNA_ZOHO_URL must be an address/,
    /MAILGUN_API_KEY_FILE names a file that cannot be read/,
    /zoho needs ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN too/,
  ];
  for (const sentence of sentences) assert.match(stderr, sentence);
  assert.match(JSON.parse(last).error, /Ordna cannot start/);
  assert.ok(!existsSync(data), "no database, no sandbox");
});
