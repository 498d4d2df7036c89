// A world for tests: the real ledger, one small provider, a clock that is held, and no waiting.

import assert from "node:assert/strict";
import { z } from "zod";
import type { Action } from "../connector-kit/action.ts";
import { directSend, noAnswer } from "../connector-kit/direct-send.ts";
import { readJson, statusError } from "../connector-kit/http.ts";
import { type MisbehavingSimulator, misbehaving } from "../connector-kit/misbehaviour.ts";
import type { Alert, Payments } from "../connector-kit/roles.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  letTimePass,
  openTestLedger,
  type TestLedger,
} from "../ledger/test-ledger.ts";
import { pipeline } from "../pipeline/pipeline.ts";
import type { Step } from "../pipeline/step.ts";
import { handleWake } from "./handle-wake.ts";
import { type HeldClock, heldClock } from "./held-clock.ts";
import { openOrder } from "./open-order.ts";
import { officeConnection, sampleOffice } from "./sample-office.ts";
import type { StepNotice, Store, World } from "./world.ts";

export interface SampleWorld extends TestLedger {
  readonly office: MisbehavingSimulator;
  readonly clock: HeldClock;
  readonly notices: readonly StepNotice[];
  /** One process, with one store that does these steps. */
  world(steps: readonly Step[], overrides?: Partial<World>): World;
  store(steps: readonly Step[]): Store;
  /** An order of that world's store, paid and opened; gives its reference. */
  openOrder(world: World): Promise<string>;
  /** Ids of what the office holds for this order. */
  records(reference: string, kind?: string): string[];
  letTimePass(ms: number): Promise<void>;
  /** Does whatever falls due within so long, as a queue does; time passes in between. */
  goOnFor(world: World, ms: number): Promise<void>;
}

export async function openSampleWorld(): Promise<SampleWorld> {
  const opened = await openTestLedger();
  const office = misbehaving(sampleOffice());
  const clock = heldClock();
  const notices: StepNotice[] = [];
  const send = directSend(office);
  const store = (steps: readonly Step[]): Store => ({
    name: "pikkuna",
    payments,
    alerts: { send: sendMessage },
    pipelines: [pipeline("paid", steps)],
    keep: () => Promise.reject(new Error("Nothing is kept here.")),
    open: () => Promise.reject(new Error("Nothing is kept here.")),
    filesAccount: "files:1",
    linkTo: (reference) => `https://ordna.example.com/orders/${reference}`,
  });
  const world = (steps: readonly Step[], overrides: Partial<World> = {}): World => ({
    ledger: opened.ledger,
    stores: new Map([["pikkuna", store(steps)]]),
    clock,
    // In the middle: a wait of milliseconds would be over before a busy machine looks again.
    random: () => 0.5,
    owner: "worker-1",
    sendUntil: (_account, msLeft) => async (request) => {
      if (msLeft() <= 0) throw noAnswer(request, true, ": the time is used up");
      return send(request);
    },
    onStep: (notice) => notices.push(notice),
    ...overrides,
  });
  return {
    ...opened,
    office,
    clock,
    notices,
    world,
    store,
    async openOrder(inWorld) {
      await makeWell(opened.db);
      const object = aPayment();
      const subject = await payEvent(opened, object);
      const { opened: order } = await openOrder(inWorld, subject);
      assert.ok(order);
      // As if whoever opened it had died a while ago.
      await opened.ledger.due.wake(order.wake.subject);
      return anOrderPaidBy(object).reference;
    },
    records: (reference, kind = "record") =>
      office
        .records()
        .filter((one) => one.reference === reference && one.kind === kind)
        .map(({ id }) => id),
    letTimePass: (ms) => letTimePass(opened.db, ms),
    goOnFor: (inWorld, ms) => goOnFor(opened, inWorld, ms),
  };
}

async function goOnFor({ db, ledger }: TestLedger, world: World, ms: number): Promise<void> {
  for (let left = ms; left >= 0; ) {
    const wakes = await ledger.due.take(50, 3600_000);
    await Promise.all(
      wakes.map(async (wake) => {
        const end = await handleWake(world, wake.subject);
        await ledger.due.settle(wake, typeof end === "object" ? undefined : end);
        if (typeof end === "object") await ledger.due.settle(end.wake, await end.work());
      }),
    );
    if (wakes.length > 0) continue;
    const inMs = Math.ceil((await ledger.due.nextInMs()) ?? Infinity) + 1;
    if (inMs <= left) await letTimePass(db, inMs);
    else if (left > 0) await letTimePass(db, left);
    left -= inMs;
  }
}

/** Whatever went wrong before, the office is well now, and nobody is in it or waits. */
export async function makeWell(db: TestLedger["db"]): Promise<void> {
  await db.query("delete from waiting", []);
  await db.query("delete from account", []);
}

/** The event that says that `object` was paid is recorded; gives its subject. */
export async function payEvent({ ledger }: TestLedger, object: string): Promise<string> {
  const id = `evt_of_${object}`;
  const whole = { ...anEvent(id).event, id, type: "paid", createdAt: "2026-11-23T11:59:00.000Z" };
  const event = { ...whole, livemode: false, objectId: object };
  return (await ledger.recordEvent(anEvent(id, { event }))).subject;
}

/** Payments are read from the office; one that was not paid is no order. */
const payments: Payments = {
  connection: officeConnection,
  verify: () => ({ kind: "refused", why: "Nothing is verified here." }),
  async read({ objectId = "", type }, _store, send) {
    const url = `https://office.example.com/payment/${objectId}`;
    const response = await send({ method: "GET", url });
    if (response.status >= 300) throw statusError(response, "The office does not tell.");
    readJson(response, z.array(z.unknown()));
    return type === "paid"
      ? { kind: "order", order: anOrderPaidBy(objectId) }
      : { kind: "ignore", reason: "It was not paid." };
  },
  async *paidIn() {},
};

const sendMessage: Action<Alert, { messageId: string }> = {
  name: "office.message",
  connection: officeConnection,
  output: z.object({ messageId: z.string() }),
  repeat: { how: "ask-operator" },
  record: ({ messageId }) => ({ id: messageId }),
  async run({ title, link }, call) {
    const body = JSON.stringify({ reference: call.reference, key: call.key, title, link });
    const url = "https://office.example.com/message";
    const response = await call.send({ method: "POST", url, body });
    if (response.status >= 300) throw statusError(response, "The message was not taken.");
    return { messageId: readJson(response, z.object({ id: z.string() })).id };
  },
};
