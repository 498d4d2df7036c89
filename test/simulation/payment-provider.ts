// Tells us of payments until we acknowledge them: more than once, out of order, and by more than one event.
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Order } from "../../src/order/order.ts";
import type { Refunds } from "./refunds.ts";
import { type Scene, seconds } from "./simulated-process.ts";

export interface PaymentProvider {
  /** Payments of which an event was acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  readonly undelivered: number;
}

/** Where events are delivered now; undefined while nobody answers. */
export type Door = () => Pick<Ledger, "recordEvent"> | undefined;

const patienceMs = 20_000;
const refundedWithinMs = 40_000;

export function paymentProvider(
  scene: Scene,
  orders: ReadonlyMap<string, Order>,
  refunds: Refunds,
  paidWithinMs: number,
  door: Door,
): PaymentProvider {
  const { time, random, faults } = scene;
  const acknowledged = new Set<string>();
  const outstanding = new Set<string>();
  for (const [object, { reference }] of orders) {
    const paidAt = random() * paidWithinMs;
    const tell = (id: string, type: string, at: number) => {
      outstanding.add(id);
      time.at(at, () => deliver({ id, type, object, reference }));
    };
    tell(`evt_${object}`, "paid", paidAt);
    if (faults.strikes("twin-event"))
      tell(`evt_twin_${object}`, "paid", paidAt + random() * 100_000);
    if (faults.strikes("refund")) {
      const backAt = Math.max(0, paidAt + (random() * 2 - 0.5) * refundedWithinMs);
      refunds.at.set(object, backAt);
      tell(`evt_refund_${object}`, "refunded", backAt);
    }
    if (faults.strikes("early-event"))
      tell(`evt_early_${object}`, "begun", paidAt - random() * 10_000);
  }

  function deliver(event: Told): void {
    let isOver = false;
    const again = () => {
      if (isOver) return;
      isOver = true;
      time.after(5000 + random() * 60_000, () => deliver(event));
    };
    const open = faults.strikes("lost-delivery") ? undefined : door();
    if (!open) {
      again();
      return;
    }
    time.after(patienceMs, again);
    open.recordEvent(asReceived(event)).then(() => {
      if (isOver) return;
      isOver = true;
      outstanding.delete(event.id);
      if (event.type === "paid") acknowledged.add(event.object);
      scene.story.tell("payments", event.reference, () => `was told that ${event.id} arrived`);
      if (!faults.strikes("second-delivery")) return;
      const inMs = random() * 120_000;
      scene.story.tell("payments", event.reference, () => `delivers again in ${seconds(inMs)}`);
      time.after(inMs, () => deliver(event));
    }, again);
  }

  return {
    acknowledged,
    get undelivered() {
      return outstanding.size;
    },
  };
}

interface Told {
  readonly id: string;
  readonly type: string;
  readonly object: string;
  readonly reference: string;
}

const body = new Uint8Array();

function asReceived({ id, type, object }: Told): Parameters<Ledger["recordEvent"]>[0] {
  const createdAt = "2026-11-23T11:59:00.000Z";
  const event = { id, type, createdAt, livemode: false, objectId: object };
  return { source: "stripe", store: "pikkuna", event, body };
}
