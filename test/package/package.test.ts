// What `npm pack` ships: all that it needs, nothing that it must not, and usable from JavaScript and TypeScript.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const packed = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
);

let home: string;
let paths: readonly string[];
before(async () => {
  home = mkdtempSync(join(tmpdir(), "ordna-package-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", home], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const [pack] = packed.parse(JSON.parse(stdout.slice(stdout.indexOf("[\n"))));
  assert.ok(pack);
  paths = pack.files.map(({ path }) => path);
  // As npm lays it out: the package, and its dependencies beside it.
  mkdirSync(join(home, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) {
      symlinkSync(join(root, "node_modules", name), join(home, "node_modules", name));
    }
  }
  await run("tar", ["-xzf", join(home, pack.filename), "-C", home]);
  await run("mv", [join(home, "package"), join(home, "node_modules", "ordna")]);
});
after(() => rmSync(home, { recursive: true, force: true }));

/** A program of the shop's, run with a small environment. */
async function runIn(file: string, text: string): Promise<string> {
  writeFileSync(join(home, file), text);
  const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: home };
  const { stdout } = await run(process.execPath, [file], { cwd: home, env });
  return stdout;
}

test("it holds the code with its types, the migrations, the page and the licence", () => {
  for (const path of [
    "lib/main.js",
    "lib/main.d.ts",
    "lib/shop/define-config.d.ts",
    "lib/ledger/migrations/0001-ledger.sql",
    "lib/tax/vat-rates.json",
    "dist/console/index.html",
    "LICENSE",
    "README.md",
  ]) {
    assert.ok(paths.includes(path), path);
  }
});

test("it holds no test, no source of ours in TypeScript, no configuration and no data of a shop", () => {
  const unwanted = paths.filter(
    (path) =>
      /\.test\.|for-tests|(?<!\.d)\.ts$|\.tsx$|\.env|^\.|ordna\.config|\.data\//.test(path) ||
      /^(src|test|console|bench|scripts|examples)\//.test(path),
  );
  assert.deepEqual(unwanted, []);
});

test("plain JavaScript configures a store with it", async () => {
  const said = await runIn(
    "shop.mjs",
    `import { secret } from "ordna/kit/connector";
     import { stripe } from "ordna/connectors/stripe";
     import { postnord } from "ordna/connectors/postnord";
     import { defineConfig } from "ordna/config";
     import { pipeline } from "ordna/pipeline";
     import { stripeRoute } from "ordna/next";
     const payments = stripe({ secretKey: secret("A"), webhookSecrets: secret("B") });
     const { POST } = stripeRoute({ store: "pikkuna", payments });
     console.log([payments.provider, typeof postnord, typeof defineConfig, typeof pipeline, typeof POST].join());`,
  );
  assert.equal(said.trim(), "stripe,function,function,function,function");
});

test("its types say what is wrong in a shop's TypeScript, and let right code pass", async () => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = {
    ...{ module: "NodeNext", moduleResolution: "NodeNext", target: "ES2024", strict: true },
    ...{ noEmit: true, types: ["node"], skipLibCheck: true },
  };
  const config = JSON.stringify({ compilerOptions: options, files: ["shop.ts"] });
  writeFileSync(join(home, "tsconfig.json"), config);
  const check = async (options: string) => {
    const text = `import { secret } from "ordna/kit/connector";
      import { stripe } from "ordna/connectors/stripe";
      import { stripeRoute } from "ordna/next";
      const payments = stripe({ secretKey: secret("A"), ${options} });
      export const { POST } = stripeRoute({ store: "pikkuna", payments });`;
    writeFileSync(join(home, "shop.ts"), text);
    return run(process.execPath, [tsc, "-p", "."], { cwd: home }).then(
      () => "",
      (error) => String(error.stdout),
    );
  };
  assert.equal(await check('webhookSecrets: secret("B")'), "");
  assert.match(await check('webhookSecret: secret("B")'), /webhookSecret/);
});

test("its command runs, and reads what it ships", async () => {
  const main = join(home, "node_modules", "ordna", "lib", "main.js");
  const file = join(home, "addresses.json");
  const address = { name: "Test Person", line1: "Mannerheimintie 12 A 3", city: "Helsinki" };
  const whole = { id: "a", ...address, postal_code: "00100", country: "FI", service: "home" };
  const empty = { company: null, line2: null, state: null, phone: null, email: null };
  writeFileSync(file, JSON.stringify({ addresses: [{ ...whole, ...empty }] }));
  const { stdout } = await run(process.execPath, [main, "address", "--file", file, "--json"]);
  assert.equal(stdout.trim().split("\n").at(-1), '{"cases":1,"ok":1,"hold":0}');
});
