// `ordna setup` as a person runs it, against a simulated Zoho that it takes for the real one.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import config from "../../ordna.config.ts";
import { misbehaving } from "../connector-kit/misbehaviour.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import { type Listening, serveSimulator } from "../sandbox/serve-simulator.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ordna-setup-"));
const port = 20_000 + (process.pid % 11_000);
const { crm } = Object.values(config.stores)[0] ?? assert.fail("there is a store");
const simulator = crm.simulate(memoryKit());
const { clientId = "", clientSecret = "", refreshToken = "" } = simulator.secrets;

let listening: Listening;
before(async () => {
  listening = await serveSimulator(misbehaving(simulator), port);
});
after(async () => {
  await listening.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly code: number;
  readonly all: string;
  readonly json: { readonly ok: boolean; readonly done: readonly { readonly state: string }[] };
}

function setUp(args: readonly string[], secrets: Readonly<Record<string, string>>): Promise<Said> {
  const env = {
    PATH: process.env.PATH,
    ORDNA_DATA: folder,
    ORDNA_SANDBOX_PORT: String(port + 20),
    ORDNA_ZOHO_URL: listening.url,
    NO_COLOR: "1",
    ...secrets,
  };
  const command = [main, "setup", ...args, "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, timeout: 60_000, env }, (error, out, err) => {
      const json = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
      resolve({ code: error ? Number(error.code ?? 128) : 0, all: out + err, json });
    });
  });
}

const client = { ZOHO_CLIENT_ID: clientId, ZOHO_CLIENT_SECRET: clientSecret };

test("setup of a provider without any key says which ones come first", async () => {
  const { code, all } = await setUp(["zoho"], {});
  assert.equal(code, 1);
  assert.match(all, /Set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET: then this .* ZOHO_REFRESH_TOKEN/);
});

test("setup begins while the refresh token that it is to get is still missing", async () => {
  const { code, all, json } = await setUp(["zoho"], client);
  assert.equal(code, 0, all);
  assert.deepEqual(
    json.done.map(({ state }) => state),
    ["would"],
  );
  assert.match(all, /ZOHO_REFRESH_TOKEN is not set.*Self Client/);
});

test("setup that nobody can answer changes nothing, fails, and tells no secret", async () => {
  const { code, all } = await setUp(["zoho", "--yes"], client);
  assert.equal(code, 1);
  assert.match(all, /Nobody is here to paste a grant code: run this in a terminal/);
  assert.equal(all.includes(clientSecret), false);
});

test("setup with every key looks at the organisation, and all is well", async () => {
  const { code, all, json } = await setUp(["zoho"], {
    ...client,
    ZOHO_REFRESH_TOKEN: refreshToken,
  });
  assert.equal(code, 0, all);
  assert.ok(json.done.every(({ state }) => state === "well"));
  assert.match(all, /Deals has the unique field External_Order_ID/);
});
