// What an operator may set by mistake, or be talked into: Ordna says what is wrong and does not start (9, 10, 58).
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { loadConfig } from "../../src/cli/load-config.ts";
import { readSettings } from "../../src/settings.ts";

const main = new URL("../../src/main.ts", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "ordna-settings-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** `ordna serve` with these variables; it ends by itself, because it does not start. */
function serve(env: Readonly<Record<string, string>>): Promise<{ code: unknown; text: string }> {
  const options = {
    timeout: 60_000,
    env: { PATH: process.env.PATH, ORDNA_DATA: folder, ORDNA_PORT: "15800", ...env },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, "serve"], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, text: `${stdout}${stderr}` });
    });
  });
}

describe("settings that keep Ordna from starting", { concurrency: 2 }, () => {
  for (const [what, secret] of [
    ["is empty", ""],
    ["is white space", " \n\t"],
  ] as const) {
    test(`9: a webhook secret that ${what} beside a real key: refused, and the variable is named`, async () => {
      const { code, text } = await serve({
        STRIPE_SECRET_KEY: "sk_test_canary",
        STRIPE_WEBHOOK_SECRET: secret,
      });
      assert.equal(code, 1);
      assert.match(text, /STRIPE_WEBHOOK_SECRET/);
      assert.doesNotMatch(text, /sk_test_canary/);
    });
  }

  test("9: a webhook secret of commas alone: refused", async () => {
    const { code, text } = await serve({
      STRIPE_SECRET_KEY: "sk_test_canary",
      STRIPE_WEBHOOK_SECRET: " , ,",
    });
    assert.equal(code, 1);
    assert.match(text, /set, but empty/);
  });

  const places = [
    "http://169.254.169.254/",
    "https://169.254.169.254/latest/",
    "http://[::ffff:10.0.0.7]/",
    "https://[::ffff:127.0.0.1]/",
    "https://10.0.0.7",
    "https://[fd00:ec2::254]/",
    "http://192.168.1.1",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/",
    "https://me:hunter2@postnord.example/",
  ];
  for (const url of places) {
    test(`58: a provider at ${url} is refused at start, and no password is shown`, async () => {
      const { code, text } = await serve({ ORDNA_POSTNORD_URL: url, POSTNORD_API_KEY: "canary" });
      assert.equal(code, 1, text);
      assert.match(text, /ORDNA_POSTNORD_URL/);
      assert.doesNotMatch(text, /hunter2|canary/);
    });
  }
});

test("10: the line break at the end of a secret is no part of it, in the variable and in its file", async () => {
  const file = join(folder, "secret");
  writeFileSync(file, "whsec_from_a_file\r\n");
  const { settings } = await loadConfig(
    readSettings({ STRIPE_SECRET_KEY: "sk_test_canary\n", STRIPE_WEBHOOK_SECRET_FILE: file }),
  );
  assert.equal(settings.secret("STRIPE_SECRET_KEY"), "sk_test_canary");
  assert.equal(settings.secret("STRIPE_WEBHOOK_SECRET"), "whsec_from_a_file");
});
