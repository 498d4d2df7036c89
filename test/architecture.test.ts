// The rooms of the house and the walls between them. This table is the law; docs/architecture.md explains it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

const words = ["order", "tax", "address", "language"];
const wiring = "anything";

const rooms: Readonly<Record<string, readonly string[] | typeof wiring>> = {
  // The vocabulary: Order, Money, Address, Party. Pure.
  order: [],
  // The VAT decision. Pure.
  tax: ["order"],
  // Normalises and judges an address. Pure.
  address: ["order"],
  // Locales, messages, number and date formats.
  language: ["order"],
  // What a connector is made of.
  "connector-kit": words,
  // One folder a provider; none knows another.
  connectors: ["connector-kit", ...words],
  // Steps, needs, and what may run now. Pure.
  pipeline: ["connector-kit", "order"],
  // Who may call a provider account now: permits and circuit breaker. Pure.
  gate: [],
  // What happened; all SQL of the house.
  ledger: ["gate", "pipeline", "connector-kit", ...words],
  // When to look again. Only ids travel; the due index is handed in.
  queue: [],
  // The door for webhooks. It knows the payment provider by its role, not by its name.
  ingest: ["ledger", "queue", "connector-kit"],
  // Opens and advances orders, sweeps, backs off, reconciles.
  worker: ["gate", "ledger", "queue", "pipeline", "connector-kit", ...words],
  // What a person may decide, one file each.
  operator: ["ledger", "queue", "pipeline", "connector-kit", ...words],
  // The shop's configuration, and the connected store that the worker is given.
  shop: ["worker", "pipeline", "connector-kit", "settings", ...words],
  // The door for a shop that is a Next.js application: `ordna/next`.
  next: ["shop", "ingest", "ledger", "connector-kit", "settings"],
  // What was paid, once more through the present configuration, beside what came of it.
  rehearsal: ["shop", "worker", "ledger", "pipeline", "connector-kit", "settings", ...words],
  // A copy of everything, and putting it back.
  backup: ["ledger", "settings", "version"],
  // HTTP for the page, the command line and integrators.
  api: ["operator", "ledger", "ingest", "connector-kit", "order", "version"],
  // The same decisions from a terminal; it also starts everything, and the sandbox with it.
  cli: [
    "address",
    "backup",
    "operator",
    "ledger",
    "queue",
    "rehearsal",
    "sandbox",
    "shop",
    "connector-kit",
    "order",
    "tax",
    "start-ordna",
    "settings",
    "version",
  ],
  // The simulated world around a shop. Only the terminal, the wiring and tests may know of it.
  sandbox: wiring,
  // The only reader of the environment.
  settings: [],
  // The name of this release.
  version: [],
  // The wiring of one running Ordna.
  "start-ordna": wiring,
  // What of it others reach.
  "open-door": wiring,
  // The command line's first file.
  main: ["cli"],
};

/** Who may know the sandbox. */
const knowsSandbox = ["sandbox", "cli", "start-ordna", "open-door", "main"];
/** Who may read `process.env`; everybody else is handed settings. (Tests are told of their services by it, too.) */
const readsEnvironment = ["settings", "cli", "main", "start-ordna", "next"];
const namesThatSayNothing = /^(utils?|helpers?|common|shared|misc|types?|services?|managers?)$/;

interface SourceFile {
  /** From the root, with slashes: "src/queue/queue.ts". */
  readonly path: string;
  readonly room: string;
  readonly isTest: boolean;
  readonly text: string;
  /** Relative imports, as paths from the root. */
  readonly imports: readonly string[];
}

const root = resolve(import.meta.dirname, "..");
// `from "./x.ts"`, `import "./x.ts"` and `import("./x.ts")`.
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

const sources = ["src", "test", "console", "bench", "examples", "scripts"]
  .flatMap(filesIn)
  .map(read);
const inSrc = sources.filter((file) => file.path.startsWith("src/"));
const production = inSrc.filter((file) => !file.isTest);

function filesIn(folder: string): string[] {
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(folder);
  } catch {
    // bench/ and examples/ may not be there.
    return [];
  }
  return entries.flatMap((entry) => {
    if (/^(node_modules|dist|fixtures|\..*)$/.test(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  return readdirSync(join(root, folder), { withFileTypes: true });
}

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [...text.matchAll(relativeImport)].map(([, target = ""]) =>
    relative(root, resolve(root, dirname(path), target)).replaceAll("\\", "/"),
  );
  return { path, room: roomOf(path), isTest: /\.test\.|-for-tests\.ts$/.test(path), text, imports };
}

/** "queue" for "src/queue/queue.ts", "settings" for "src/settings.ts"; outside of src, the folder at the top. */
function roomOf(path: string): string {
  const [top = "", room = ""] = path.split("/");
  return top === "src" ? basename(room, ".ts") : top;
}

/** "postnord" for a file under src/connectors/postnord. */
function providerOf(path: string): string | undefined {
  return /^src\/connectors\/([^/]+)\//.exec(path)?.[1];
}

test("there is a house to check", () => {
  const imports = production.flatMap((file) => file.imports);
  assert.ok(production.length > 50, `only ${production.length} files were found`);
  assert.ok(imports.length > 150, `only ${imports.length} relative imports were found`);
});

test("every room is in the table, and every room in the table exists", () => {
  const found = [...new Set(production.map((file) => file.room))].sort();
  assert.deepEqual(found, Object.keys(rooms).sort());
});

test("no room imports what its wall keeps out", () => {
  const breaches = production.flatMap((file) => {
    const allowed = rooms[file.room] ?? [];
    if (allowed === wiring) return [];
    const isAllowed = (target: string) =>
      target.startsWith("src/") && [file.room, ...allowed].includes(roomOf(target));
    const foreign = file.imports.filter(
      (target) => !target.endsWith(".json") && !isAllowed(target),
    );
    return foreign.map((target) => `${file.path} imports ${target}`);
  });
  assert.deepEqual(breaches, []);
});

test("only the terminal, the wiring and tests know of the sandbox", () => {
  const breaches = production.filter(
    (file) =>
      !knowsSandbox.includes(file.room) &&
      file.imports.some((target) => roomOf(target) === "sandbox"),
  );
  assert.deepEqual(
    breaches.map((file) => file.path),
    [],
  );
});

test("connectors do not know each other, not even in their tests", () => {
  const providers = new Set(inSrc.map((file) => providerOf(file.path)).filter(Boolean));
  assert.ok(providers.size > 3, "connectors were found");
  const breaches = inSrc.flatMap((file) => {
    const own = providerOf(file.path);
    if (own === undefined) return [];
    const others = file.imports.filter((target) => (providerOf(target) ?? own) !== own);
    return others.map((target) => `${file.path} imports ${target}`);
  });
  assert.deepEqual(breaches, []);
});

test("a simulator is written from the provider's manual: it never reaches our own client", () => {
  const simulators = production.filter(
    (file) => providerOf(file.path) !== undefined && /simulat/.test(basename(file.path)),
  );
  assert.ok(simulators.length > 3, "simulators were found");
  const breaches = simulators.flatMap((file) => {
    const reached = reachable(file.path).filter((path) => /\/(api|connector)\.ts$/.test(path));
    const own = reached.filter((path) => providerOf(path) !== undefined);
    return own.map((target) => `${file.path} reaches ${target}`);
  });
  assert.deepEqual(breaches, []);
});

function reachable(start: string): string[] {
  const seen = new Set([start]);
  for (const path of seen) {
    for (const target of sources.find((file) => file.path === path)?.imports ?? []) {
      seen.add(target);
    }
  }
  return [...seen];
}

test("the page talks to the house over HTTP only, and nobody in the house knows the page", () => {
  const isPage = (path: string) => path.startsWith("console/");
  const breaches = sources.flatMap((file) =>
    file.imports
      .filter((target) => (isPage(file.path) ? target.startsWith("src/") : isPage(target)))
      .map((target) => `${file.path} imports ${target}`),
  );
  assert.deepEqual(breaches, []);
});

test("relative imports name their file with its ending, so that this test sees them all", () => {
  const vague = sources.flatMap((file) =>
    file.imports
      .filter((target) => !/\.(ts|tsx|mjs|json|css|svg)$/.test(target))
      .map((target) => `${file.path} imports ${target}`),
  );
  assert.deepEqual(vague, []);
});

test("only the settings and the terminal read the environment", () => {
  const breaches = production.filter(
    (file) =>
      !readsEnvironment.includes(file.room) &&
      !file.path.endsWith("/test-database.ts") &&
      /\bprocess\.env\b/.test(file.text),
  );
  assert.deepEqual(
    breaches.map((file) => file.path),
    [],
  );
});

test("no file is longer than 300 lines", () => {
  const long = sources.filter((file) => file.text.trimEnd().split("\n").length > 300);
  assert.deepEqual(
    long.map((file) => file.path),
    [],
  );
});

test("no folder or file has a name that says nothing", () => {
  const isVague = (path: string) =>
    path.split("/").some((part) => namesThatSayNothing.test(part.replace(/\..*$/, "")));
  assert.deepEqual(sources.map((file) => file.path).filter(isVague), []);
});
