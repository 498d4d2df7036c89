// `ordna conformance` as the author of a connector runs it: green for the example, red for every broken one.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly json: {
    passed?: number;
    failed?: number;
    error?: string;
    failures?: { name: string }[];
  };
}

function conformance(file: string): Promise<Said> {
  const args = [join(root, "src/main.ts"), "conformance", file, "--json"];
  const options = { cwd: root, timeout: 60_000, env: { PATH: process.env.PATH } };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout) => {
      const last = stdout.trimEnd().split("\n").at(-1) ?? "";
      resolve({ code: error ? Number(error.code ?? 128) : 0, stdout, json: JSON.parse(last) });
    });
  });
}

test("the example connector keeps every promise", async () => {
  const { code, json, stdout } = await conformance("examples/own-connector/conformance.ts");
  assert.equal(code, 0, stdout);
  assert.deepEqual(json, { passed: 16, failed: 0, failures: [] });
  assert.match(stdout, /ok {4}warehouse\.row: lose-answer leaves exactly one record/);
});

test("a connector that repeats, does not look, gives up or shrugs is told apart from a good one", async () => {
  const { code, json } = await conformance("test/conformance/broken-warehouses.ts");
  assert.equal(code, 1);
  const found = (name: string) =>
    (json.failures ?? [])
      .filter((failure) => failure.name.startsWith(`${name}: `))
      .map((failure) => failure.name.slice(name.length + 2).split(" ")[0]);
  const afterWork = ["lose-answer", "fail-after-work", "garble-answer", "reshape-answer"];
  assert.deepEqual(found("hasty"), afterWork);
  assert.deepEqual(found("blind"), afterWork);
  assert.deepEqual(found("harsh"), ["refuse-connection", "slow-down", "unavailable", ...afterWork]);
  assert.deepEqual(found("careless"), afterWork);
  assert.equal(json.failed, 19);
});

test("a file that exports no suites, or is not there, is told what to export", async () => {
  for (const [file, says] of [
    ["examples/own-connector/warehouse.ts", /must export `conformance`/],
    ["examples/nothing.ts", /There is no file/],
  ] as const) {
    const { code, json } = await conformance(file);
    assert.equal(code, 1);
    assert.match(json.error ?? "", says);
  }
});
