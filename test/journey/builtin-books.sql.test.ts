// The whole way with the shop's own books: a paid order becomes an invoice, and its files, once each.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { loadConfig } from "../../src/cli/load-config.ts";
import { listDocuments } from "../../src/ledger/list-documents.ts";
import { listOrders, type OrderGlance } from "../../src/ledger/list-orders.ts";
import { demoOrders } from "../../src/sandbox/demo-orders.ts";
import { playDemo } from "../../src/sandbox/play-demo.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";
import { places } from "./places.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

const chosen = [
  "Finnish order",
  "German order",
  "the same webhook three times",
  "free order, no PaymentIntent at all",
];

const unfinished = (orders: readonly OrderGlance[]) =>
  orders
    .flatMap(({ reference, steps }) =>
      steps
        .filter(({ state }) => state !== "done")
        .map(({ name, state, message }) => `${reference} ${name} ${state}: ${message}`),
    )
    .join("\n");

for (const [index, place] of places.entries()) {
  describe(`orders of a shop with its own books, ${place.name}`, () => {
    let ordna: Ordna;
    let sandbox: Sandbox;
    let orders: readonly OrderGlance[];
    let files: string;
    let remove: () => Promise<void>;
    const exported = mkdtempSync(join(tmpdir(), "ordna-exported-"));

    before(async () => {
      const home = await place.settle(6_100 + index * 300);
      remove = home.remove;
      const env = { ...home.env, ORDNA_CONFIG: "examples/builtin-books/ordna.config.ts" };
      const { config, settings } = await loadConfig(readSettings(env));
      files = join(settings.dataFolder, "files");
      sandbox = await openSandbox(config, settings);
      ordna = await startOrdna({
        ...{ config, settings, role: "all", sandbox, simulators: sandbox.simulators },
        onError: (error) => assert.fail(String(error)),
      });
      sandbox.deliverTo(ordna.url ?? "");
      const demo = demoOrders("books", new Date()).filter(({ name }) => chosen.includes(name));
      const stage = {
        sandbox,
        store: "pikkuna",
        orders: async () => (await listOrders(ordna.db, { limit: 200 })).orders,
        onScene: () => {},
      };
      const played = await playDemo(stage, demo, 240_000);
      assert.ok(played.isSettled, unfinished(played.orders));
      orders = played.orders;
    });

    after(async () => {
      // Some of it is not there when it did not start.
      await sandbox?.stopDelivering();
      await ordna?.close();
      await sandbox?.close();
      await remove?.();
      rmSync(exported, { recursive: true, force: true });
    });

    test("each paid order has one invoice, paid, to the cent, and no number is missing", async () => {
      const { invoices } = await listDocuments(ordna.db, { limit: 200 });
      assert.equal(orders.length, chosen.length);
      assert.equal(invoices.length, orders.length);
      const year = invoices[0]?.issuedOn.slice(0, 4);
      assert.deepEqual(
        invoices.map(({ number }) => number),
        invoices.map((_, at) => `${year}-${String(at + 1).padStart(5, "0")}`),
      );
      for (const order of orders) {
        const own = invoices.filter(({ reference }) => reference === order.reference);
        assert.equal(own.length, 1, order.reference);
        assert.equal(own[0]?.gross.minor, String(order.total.minor));
        const isFree = BigInt(order.total.minor) === 0n;
        assert.equal(own[0]?.paidOn === null, isFree, "its payment is in the books");
      }
    });

    test("PDF, UBL and CII of each are in the files, once", () => {
      const kept = readdirSync(files, { recursive: true, encoding: "utf8" });
      for (const end of [".pdf", ".ubl.xml", ".cii.xml"]) {
        const names = kept.filter((name) => /\/invoice-[^/]+$/.test(name) && name.endsWith(end));
        assert.equal(names.length, orders.length, end);
        assert.equal(new Set(names.map((name) => name.split("/").at(-1))).size, orders.length);
      }
    });

    test("the customer's e-mail carries that PDF", () => {
      const messages = sandbox.records().filter(({ kind }) => kind === "message");
      assert.equal(messages.length, orders.length);
      for (const message of messages) {
        assert.match(JSON.stringify(message.fields), /invoice-\d{4}-\d{5}\.pdf/);
      }
    });

    test("finance lists them and takes them home from the terminal, the same bytes", async () => {
      const env = { PATH: process.env.PATH, ORDNA_SERVER: ordna.url ?? "" };
      const cli = async (...args: string[]) => {
        const line = [join(root, "src/main.ts"), "invoices", ...args, "--json"];
        const { stdout } = await run(process.execPath, line, { cwd: root, env, timeout: 120_000 });
        return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
      };
      const { invoices } = await cli("list");
      assert.equal(invoices.length, orders.length);
      const [{ number, books }] = invoices;
      const shown = await cli("show", number);
      assert.equal(shown.seller.vatId, "FI12345671");
      const { files: written } = await cli("export", "--number", number, "--to", exported);
      assert.deepEqual(written.sort(), readdirSync(exported).sort());
      assert.equal(written.length, 3);
      const sha256 = (file: string) =>
        createHash("sha256").update(readFileSync(file)).digest("hex");
      const kept = readdirSync(files, { recursive: true, encoding: "utf8" });
      const original = kept.find((name) => name.endsWith(`/invoice-${number}.pdf`)) ?? "";
      assert.equal(sha256(join(exported, `${books}-${number}.pdf`)), sha256(join(files, original)));
    });
  });
}
