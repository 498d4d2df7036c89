// One installation that lives many short lives: each ends by SIGKILL at another seam, and the next goes on from there.
// The simulated providers are in this process, which survives, and their journals judge.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../src/cli/load-config.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import type { Database } from "../../src/ledger/database/database.ts";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { type Expected, judge, type Verdict } from "../../src/sandbox/judge.ts";
import { openSandbox, type Sandbox, type SandboxRecord } from "../../src/sandbox/sandbox.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { type Environment, readSettings, type Settings } from "../../src/settings.ts";
import { makeUnheardDue } from "./make-unheard-due.ts";
import type { Seam } from "./seams.ts";

const hooks = new URL("crash-hooks.ts", import.meta.url).href;
const main = new URL("doomed-ordna.ts", import.meta.url).pathname;
/** A process that died while it asked for an access token leaves its turn to nobody for 35 seconds. */
const patienceMs = 90_000;
const hourMs = 3600_000;
const store = "pikkuna";
const customers = Object.values(shoppers);

export interface CrashLap {
  /** Lives until it dies at the seam; gives everything that it said. */
  crash(seam: Seam): Promise<Death>;
  /** Lives until nothing is left to do, and stops politely. */
  rest(): Promise<void>;
  judge(): Verdict;
  records(): readonly SandboxRecord[];
  references(): readonly Expected[];
  /** While nobody runs. */
  inLedger<T>(look: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Death {
  readonly signal: string | null;
  readonly said: readonly string[];
}

export async function openCrashLap(env: Environment): Promise<CrashLap> {
  const { config, settings } = await loadConfig(readSettings(env));
  const sandbox = await openSandbox(config, settings);
  sandbox.deliverTo(`http://127.0.0.1:${settings.port}`);
  const paid: Expected[] = [];
  const delivered: SimulatedPayment[] = [];
  const inLedger = <T>(look: (db: Database) => Promise<T>) => withLedger(settings, look);

  function pay(seam: Paid): void {
    const payment = paymentFor(seam, paid.length);
    sandbox.pay(store, payment);
    if (seam.during !== "unheard payment") delivered.push(payment);
    paid.push({
      reference: referenceFor(payment.id),
      email: emailOf(seam),
      expected: needsPerson(seam) ? "attention" : "done",
      isFree: false,
    });
  }

  // One that waits for a person holds nothing at the providers: only Stripe can say whether it was ever told of.
  function isHeard(): boolean {
    const acknowledged = sandbox.acknowledged(store);
    return delivered.every(({ events }) => events.some(({ event }) => acknowledged.has(event.id)));
  }

  return {
    async crash(seam) {
      if (seam.during === "unheard payment") {
        pay(seam);
        await inLedger((db) => makeUnheardDue(db, store, hourMs));
      }
      const life = begin(env, seam.name);
      const isUp = await life.says("runs");
      if (isUp && seam.during !== "unheard payment") pay(seam);
      if (isUp && seam.during === "stop") {
        await life.says("outstanding [1-9]");
        life.child.kill("SIGTERM");
      }
      return life.death();
    },
    async rest() {
      const life = begin(env, "");
      assert.ok(await life.says("runs"), life.said.join("\n"));
      // Lives that die over an earlier order before they are up pay none: of this one people are surely told.
      pay({ name: "none-any-more", during: "refused order" });
      await atRest(life, sandbox, paid, isHeard);
      life.child.kill("SIGTERM");
      const { signal } = await life.death();
      assert.equal(signal, null, "it stopped politely");
      assert.equal(life.child.exitCode, 0, life.said.join("\n"));
    },
    judge: () => judge(paid, sandbox.records()),
    records: sandbox.records,
    references: () => paid,
    inLedger,
    async close() {
      await sandbox.stopDelivering();
      await sandbox.close();
    },
  };
}

/** What an order is paid for: known by the seam's name, and refused where it needs a person. */
type Paid = Pick<Seam, "name" | "during">;

const needsPerson = (seam: Paid) => seam.during === "refused order";
const emailOf = (seam: Paid) => `${seam.name}@example.com`;

function paymentFor(seam: Paid, index: number): SimulatedPayment {
  const shopper = customers[index % customers.length] ?? shoppers.finnish;
  const isUnheard = seam.during === "unheard payment";
  const { address } = shopper.buyer;
  // No parcel can go there, so it stops before anything is bought or sent.
  const shipTo = needsPerson(seam) ? { ...address, postalCode: "unknown" } : address;
  const payment = simulatedPayment({
    ...shopper,
    id: `crash_${seam.name.replaceAll("-", "_")}`,
    kind: "checkout",
    vatInclusive: true,
    buyer: { ...shopper.buyer, address: shipTo, email: emailOf(seam) },
    createdAt: new Date(Date.now() - (isUnheard ? hourMs / 2 : 0)),
  });
  if (!isUnheard) return payment;
  return { ...payment, events: payment.events.map((one) => ({ ...one, deliver: { times: 0 } })) };
}

interface Life {
  readonly child: ChildProcess;
  readonly said: readonly string[];
  /** False when it ended without saying so. */
  says(pattern: string): Promise<boolean>;
  death(): Promise<Death>;
}

function begin(env: Environment, crashAt: string): Life {
  const child = spawn(process.execPath, ["--import", hooks, main], {
    env: {
      PATH: process.env.PATH,
      // Half of a short life would else be spent on reading the program.
      ORDNA_CONCURRENCY: "20",
      NODE_COMPILE_CACHE: join(testCacheFolder, "compiled"),
      ...env,
      ...(crashAt ? { CRASH_AT: crashAt } : {}),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", (line) => said.push(line));
  }
  const ended = once(child, "close");
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    said,
    async says(pattern) {
      const isSaid = () => said.some((line) => new RegExp(`^${pattern}`).test(line));
      const isEnough = () => isSaid() || isOver();
      const complaint = () => `It never said "${pattern}".\n${said.join("\n")}`;
      // It must not stand in the way of the lives after it.
      await until(isEnough, complaint).finally(() => isEnough() || end());
      return isSaid();
    },
    async death() {
      const timer = setTimeout(() => {
        said.push("was still alive when the patience was over");
        end();
      }, patienceMs);
      const [, signal] = await ended;
      clearTimeout(timer);
      process.removeListener("exit", end);
      return { signal, said };
    },
  };
}

/** Everything that was paid is where it belongs, and nothing is left to do. */
async function atRest(
  life: Life,
  sandbox: Sandbox,
  paid: readonly Expected[],
  isHeard: () => boolean,
): Promise<void> {
  let saidBefore: number | undefined;
  await until(
    () => {
      if (saidBefore === undefined && isHeard()) saidBefore = life.said.length;
      // Only what it says, twice, after it has heard of everything: the first may have been asked before.
      if (saidBefore === undefined || life.said.length < saidBefore + 2) return false;
      return life.said.at(-1) === "outstanding 0" && judge(paid, sandbox.records()).lost === 0;
    },
    () =>
      `Something is stuck: ${judge(paid, sandbox.records()).findings}\n${life.said.slice(-20).join("\n")}`,
    // People are told three things a minute at most: what waits beyond is told later.
    240_000,
  );
}

async function until(
  isTrue: () => boolean,
  why: () => string,
  limitMs = patienceMs,
): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!isTrue()) {
    assert.ok(performance.now() < endsAt, why());
    await sleep(20);
  }
}

async function withLedger<T>(settings: Settings, look: (db: Database) => Promise<T>): Promise<T> {
  const db = await openLedgerDatabase(settings);
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}
