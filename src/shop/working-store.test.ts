import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import config from "../../ordna.config.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import { readSettings } from "../settings.ts";
import { connectStore, roleNames } from "./connect-store.ts";
import type { StoreConfig } from "./define-config.ts";
import { workingStore } from "./working-store.ts";

const shop: StoreConfig = Object.values(config.stores)[0] ?? assert.fail("there is a store");
const send = () => assert.fail("a folder sends nothing");

function invoice(text: string) {
  const bytes = new TextEncoder().encode(`%PDF-1.4 ${text}`);
  return { fileName: "invoice-1016.pdf", mediaType: "application/pdf", bytes };
}

test("an invoice that is fetched again after a crash, and says paid by now, is kept beside the first", async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "ordna-kept-"));
  t.after(() => rm(dataFolder, { recursive: true }));
  const simulators = new Map(
    roleNames
      .filter((role) => role !== "files")
      .map((role) => {
        const simulator = shop[role].simulate(memoryKit());
        return [shop[role], { simulator, url: "http://127.0.0.1:1" }] as const;
      }),
  );
  const tokens = { read: async () => undefined, write: async () => true };
  const settings = readSettings({ ORDNA_DATA: dataFolder });
  const store = workingStore(connectStore("pikkuna", shop, settings, simulators, tokens), "");

  const open = await store.keep("order/invoice-pdf", invoice("open 126.70"), send);
  const paid = await store.keep("order/invoice-pdf", invoice("paid"), send);
  const again = await store.keep("order/invoice-pdf", invoice("paid"), send);

  assert.equal(paid.fileName, "invoice-1016.pdf");
  assert.deepEqual(again, paid);
  assert.deepEqual(await store.open(open, send), invoice("open 126.70").bytes);
  assert.deepEqual(await store.open(paid, send), invoice("paid").bytes);
});
