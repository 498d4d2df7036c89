// From an event to an order, or to what a refund stops: the event only names a payment, which is read anew from its provider.
import { settleMs } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { PaymentReading } from "../connector-kit/roles.ts";
import type { Changed, EventRecord, NewRun, Wake } from "../ledger/ledger.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { backoff } from "./backoff.ts";
import { deadline } from "./deadline.ts";
import { tellMisdirected } from "./tell-misdirected.ts";
import { tellStoreGone } from "./tell-store-gone.ts";
import { visitAccount } from "./visit-account.ts";
import { inLineMs, type Store, storeGoneMs, type World } from "./world.ts";

/** What became of an event. When neither is there, it is settled. */
export interface EventEnd {
  /** When to try again. */
  readonly againInMs?: number | undefined;
  /** The order that it opened; its wake-up is ours. */
  readonly opened?: Changed & { readonly reference: string; readonly wake: Wake };
}

const settled: EventEnd = {};

export async function openOrder(world: World, subject: string): Promise<EventEnd> {
  const record = await world.ledger.loadEvent(subject);
  if (record?.disposition !== "received") return settled;
  const store = world.stores.get(record.store);
  if (!store) {
    await tellStoreGone(world, record.store);
    return { againInMs: storeGoneMs };
  }
  const { connection } = store.payments;
  const visit = await visitAccount(world, { connection, holder: subject, subject });
  if (visit.kind !== "in") return visit.kind === "gone" ? settled : { againInMs: inLineMs };
  let error: ActionError | "unused" | undefined = "unused";
  try {
    const send = visit.send(deadline(world.clock, connection.deadlineMs));
    const reading = await store.payments.read(record.event, store.name, send);
    error = undefined;
    return await settle(world, store, subject, reading);
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown;
    error = thrown;
    return { againInMs: await cannotRead(world, record, thrown) };
  } finally {
    await visit.leave(error);
  }
}

async function settle(
  { ledger, clock }: World,
  store: Store,
  subject: string,
  reading: PaymentReading,
): Promise<EventEnd> {
  switch (reading.kind) {
    case "order": {
      const { refund } = reading;
      const opened = await ledger.openOrder(subject, reading.order, newRun(store), refund);
      const { reference } = reading.order;
      const { order, wake } = opened;
      return wake ? { opened: { reference, order, wake } } : settled;
    }
    case "refund":
      await ledger.recordRefund(subject, reading.refund);
      return settled;
    case "ignore":
      // Told before it is settled: a crash in between tells nobody twice, and forgets nothing.
      if (reading.misdirected) {
        await tellMisdirected({ ledger, clock }, store.name, reading.reason, reading.misdirected);
      }
      await ledger.ignoreEvent(subject, reading.reason);
      return settled;
  }
}

function newRun(store: Store): NewRun {
  const pipeline = store.pipelines.find((p) => p.trigger === "paid");
  if (!pipeline) throw new Error(`Store "${store.name}" has no pipeline for paid orders.`);
  return { trigger: pipeline.trigger, steps: pipeline.steps.map(asNewStep) };
}

const asNewStep = (step: Pipeline["steps"][number]) => ({
  name: step.name,
  needs: step.needs.map((need) => need.name),
  action: step.action,
  provider: step.connection.provider,
  account: step.connection.account,
  settleMs: settleMs(step.connection),
});

/** Reading changes nothing, so whatever went wrong may be tried again, unless it will never be an order. */
async function cannotRead(
  world: World,
  record: EventRecord,
  error: ActionError,
): Promise<number | undefined> {
  if (error.verdict === "permanent") {
    await world.ledger.quarantineEvent(record.subject, error.message, {
      severity: "needs-you",
      title: "A paid order could not be read from Stripe",
      lines: [error.message, `Event: ${record.event.id} (${record.event.type})`],
    });
    return undefined;
  }
  await world.ledger.countEventTry(record.subject, error.message);
  return backoff(record.tries, world.random(), error.failure.retryAfterMs).delayMs;
}
