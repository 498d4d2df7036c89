// How long lists and order pages take when there are many orders: over HTTP, on a private PostgreSQL.
// node test/pages/main.ts --orders 100000 --json
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPostgres } from "../../scripts/find-program.mjs";
import { freePort, newCluster, runPostgres } from "../../scripts/test-services.mjs";
import { app } from "../../src/api/app.ts";
import { listen } from "../../src/api/listen.ts";
import { sealsWith } from "../../src/connector-kit/seal.ts";
import type { Database } from "../../src/ledger/database/database.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { sqlLedger } from "../../src/ledger/sql-ledger.ts";
import { fillLedger, referenceOf } from "./fill-ledger.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "100000" },
    times: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
  },
});
const orders = Number(values.orders);
const times = Number(values.times);

/** What a person waits for at most, ms. */
const goals = { list: 150, order: 100 };

interface Asked {
  readonly page: string;
  readonly kind: keyof typeof goals;
  /** The n-th time. */
  readonly path: (n: number) => string;
}

const some = (n: number) => 1 + ((n * 7919) % orders);
const dayAgo = new Date(Date.now() - 86_400_000).toISOString();
const list = (page: string, path: (n: number) => string): Asked => ({ page, kind: "list", path });

const asked: readonly Asked[] = [
  list("newest", () => "/orders?limit=50"),
  list("today", () => `/orders?limit=50&since=${dayAgo}`),
  ...["attention", "waiting", "open", "done"].map((state) =>
    list(state, () => `/orders?limit=50&state=${state}`),
  ),
  ...["unprinted", "business", "refunded"].map((view) =>
    list(view, () => `/orders?limit=50&view=${view}`),
  ),
  list("a page far down", (n) => {
    const at = new Date(Date.now() - (orders - some(n)) * 480_000).toISOString();
    return `/orders?limit=50&before=${at.replace("Z", "000Z")}/${referenceOf(some(n))}`;
  }),
  list("find a number", (n) => `/orders?limit=50&q=PK-${some(n)}`),
  list("find an e-mail", (n) => `/orders?limit=50&q=buyer${some(n)}@example.com`),
  list("find a common name", () => "/orders?limit=50&q=virtanen"),
  list("find the end of a parcel", (n) => `/orders?limit=50&q=${String(some(n)).padStart(6, "0")}`),
  list("find an amount", (n) => `/orders?limit=50&q=${10 + (n % 800)},50`),
  list("find by two words", (n) => `/orders?limit=50&q=aalto+PK-${some(n)}`),
  list("inbox", () => "/inbox"),
  list("counts", () => "/counts"),
  list("labels", () => "/labels"),
  { page: "order", kind: "order", path: (n) => `/orders/${referenceOf(some(n))}` },
  {
    page: "its decisions",
    kind: "order",
    path: (n) => `/orders/${referenceOf(some(n))}/decisions`,
  },
];

const say = (line: string) => process.stderr.write(`${line}\n`);

async function measure(url: string, { page, kind, path }: Asked) {
  const tookMs: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begunAt = performance.now();
    const response = await fetch(`${url}/api${path(n)}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path(n)} was answered ${response.status}.`);
    tookMs.push(performance.now() - begunAt);
  }
  // The first time the statement is prepared and the pages are read from disk: it counts.
  tookMs.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((tookMs[Math.ceil(tookMs.length * share) - 1] ?? 0) * 10) / 10;
  const [p50, p95, goal] = [at(0.5), at(0.95), goals[kind]];
  return { page, p50, p95, goal, isMet: p95 <= goal };
}

async function serve(db: Database) {
  const hono = app({
    db,
    ledger: sqlLedger(db),
    door: async () => new Response(),
    access: { key: undefined, isSecure: false },
    sealFor: sealsWith(["of no use"]),
    about: { version: "0", database: db.kind, queue: "ledger", providers: [] },
    openFile: async () => undefined,
    kick: () => {},
    mostAMinute: 1_000_000,
  });
  return listen(hono, "127.0.0.1", 0);
}

const bin = findPostgres();
if (!bin) throw new Error("PostgreSQL is needed: apt-get install postgresql.");
const folder = mkdtempSync(join(tmpdir(), "ordna-pages-"));
const cluster = await newCluster(bin);
const port = await freePort();
const postgres = await runPostgres(bin, cluster, { port, signal: "INT", folder: cluster.folder });
const databaseUrl = `postgres://ordna@127.0.0.1:${port}/postgres`;
const db = await openLedgerDatabase({ databaseUrl, dataFolder: folder, cacheFolder: folder });
let isMet = true;
try {
  const begunAt = performance.now();
  await fillLedger(db, orders, (what) => say(`Filling: ${what}`));
  say(`${orders} orders are there after ${Math.round((performance.now() - begunAt) / 1000)} s.`);
  const server = await serve(db);
  const pages = [];
  for (const one of asked) {
    const found = await measure(server.url, one);
    pages.push(found);
    const mark = found.isMet ? "" : "  TOO SLOW";
    say(`${one.page.padEnd(26)} p50 ${found.p50} ms  p95 ${found.p95} ms${mark}`);
  }
  await server.close();
  isMet = pages.every((one) => one.isMet);
  if (values.json) process.stdout.write(`${JSON.stringify({ orders, times, isMet, pages })}\n`);
} finally {
  await db.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isMet ? 0 : 1;
