// A full disk costs time, and nothing else: Stripe is told to come again, and does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { testCacheFolder, testServer } from "../../src/ledger/database/test-database.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { readSettings } from "../../src/settings.ts";
import { startOrdna } from "../../src/start-ordna.ts";
import { freePort } from "../crash/free-port.ts";
import { type FillableDisk, pretendedDisk, smallDisk } from "./full-disk.ts";
import { signedEvent } from "./signed-event.ts";

if (testServer === undefined) {
  test("while the disk says that it is full Stripe gets 503, and afterwards 200", () =>
    onDisk(pretendedDisk()));
  test("while a small disk is full Stripe gets 503, and afterwards 200", async (t) => {
    const small = smallDisk(160);
    if (small) await onDisk(small);
    else t.skip("needs the right to mount a small disk");
  });
}

async function onDisk(disk: FillableDisk): Promise<void> {
  try {
    await fillAndFree(disk);
  } finally {
    disk.free();
    disk.remove();
  }
}

async function fillAndFree(disk: FillableDisk): Promise<void> {
  const env = {
    ORDNA_DATA: join(disk.folder, "data"),
    ORDNA_CACHE: testCacheFolder,
    ORDNA_PORT: String(await freePort()),
    ORDNA_SANDBOX_PORT: String(await freePort()),
  };
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = await openSandbox(config, settings);
  const errors: unknown[] = [];
  const ordna = await startOrdna({
    config,
    settings,
    role: "all",
    sandbox,
    simulators: sandbox.simulators,
    onError: (error) => errors.push(error),
  });
  const stripe = [...sandbox.simulators.values()].find(
    ({ simulator }) => simulator.provider === "stripe",
  );
  const secret = stripe?.simulator.secrets.webhookSecrets ?? assert.fail("Stripe is simulated");
  const acknowledged = new Set<string>();
  const deliver = async (id: string) => {
    const { body, headers } = signedEvent(id, secret);
    const url = `${ordna.url}/webhooks/stripe/pikkuna`;
    const { status } = await fetch(url, { method: "POST", body, headers });
    if (status === 200) acknowledged.add(id);
    return status;
  };
  try {
    assert.equal(await deliver("evt_before"), 200);
    disk.fill();
    const refused = await deliverUntil(503, deliver, "evt_full");
    assert.equal(await deliver(refused), 503, "it is still full");
    disk.free();
    await deliverUntil(200, () => deliver(refused), refused, 200);
    assert.equal(await deliver("evt_after"), 200);
    const health = await fetch(`${ordna.url}/healthz`);
    assert.equal(health.status, 200);
  } finally {
    await ordna.close();
    await sandbox.close();
  }
  const db = await openLedgerDatabase(settings);
  const { rows } = await db.query<{ id: string }>("select id from event", []);
  await db.close();
  const kept = new Set(rows.map(({ id }) => id));
  assert.deepEqual(
    [...acknowledged].filter((id) => !kept.has(id)),
    [],
  );
  assert.ok(acknowledged.size >= 3);
}

/** The event that got this answer; each comes under a new id, and is large. */
async function deliverUntil(
  wanted: number,
  deliver: (id: string) => Promise<number>,
  prefix: string,
  pauseMs = 0,
): Promise<string> {
  const seen: number[] = [];
  for (let n = 0; n < 60; n++) {
    const id = `${prefix}_${n}`;
    const status = await deliver(id);
    if (status === wanted) return id;
    seen.push(status);
    await sleep(pauseMs);
  }
  assert.fail(`It never answered ${wanted}, but ${[...new Set(seen)]}.`);
}
