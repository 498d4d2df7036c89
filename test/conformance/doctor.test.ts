// `ordna doctor` where the demo's own shop does not lead: a bucket, a connector of one's own, a provider that is gone.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "ordna-doctor-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly isSimulated: boolean;
  readonly sentence: string;
}

function doctor(env: Readonly<Record<string, string>>): Promise<{
  readonly code: number;
  readonly findings: readonly Finding[];
}> {
  const options = {
    cwd: root,
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      ORDNA_CONFIG: join(root, "test/conformance/bucket-shop.ts"),
      ORDNA_DATA: join(folder, "data"),
      ORDNA_CACHE: testCacheFolder,
      ...env,
    },
  };
  const args = [join(root, "src/main.ts"), "doctor", "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout) => {
      const { findings } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
      resolve({ code: error ? Number(error.code ?? 128) : 0, findings });
    });
  });
}

const said = (findings: readonly Finding[], provider: string) =>
  findings.find(({ what }) => what.endsWith(`: ${provider}`));

test("the doctor asks the simulated bucket and the example's warehouse as it asks the others", async () => {
  const { code, findings } = await doctor({});
  assert.equal(code, 0);
  for (const [provider, says] of [
    ["s3", /Bucket "shop-files" \(eu-north-1\) answers/],
    ["warehouse", /knows us as the curtain shop/],
    ["stripe", /test mode/],
  ] as const) {
    const finding = said(findings, provider);
    assert.deepEqual([finding?.isWell, finding?.isSimulated], [true, true], provider);
    assert.match(finding?.sentence ?? "", says);
  }
});

test("the doctor names the one provider that does not answer, and fails", async () => {
  const nobody = { ORDNA_S3_URL: "http://127.0.0.1:9" };
  const keys = { S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" };
  const { code, findings } = await doctor({ ...nobody, ...keys });
  assert.equal(code, 1);
  const ill = findings.filter(({ isWell }) => !isWell);
  assert.deepEqual(
    ill.map(({ what, isSimulated }) => [what, isSimulated]),
    [["pikkuna: s3", false]],
  );
  assert.match(ill[0]?.sentence ?? "", /cannot be reached/);
});
