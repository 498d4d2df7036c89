// One attempt at one step: permit, claim, attempt under a deadline, and the outcome into the ledger.
import { type Call, settleMs } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { asActionError, type Outcome } from "../connector-kit/attempt.ts";
import type { Claim, Ending, OrderRecord, StepRecord, Trouble } from "../ledger/ledger.ts";
import { RecordTaken } from "../ledger/record-taken.ts";
import type { Prepared, Step } from "../pipeline/step.ts";
import { backoff } from "./backoff.ts";
import { needsYou } from "./needs-you.ts";
import { tellOutage } from "./tell-outage.ts";
import type { Store, World } from "./world.ts";

/** How much longer the lease lives than the attempt may last, ms. */
const leaseMarginMs = 10_000;

export async function runStep(
  world: World,
  store: Store,
  order: OrderRecord,
  record: StepRecord,
  step: Step,
): Promise<void> {
  const { reference } = order.order;
  let prepared: Prepared;
  try {
    prepared = step.prepare(order.order, outputsOf(order, record.run));
  } catch (thrown) {
    // Our own mistake, not the provider's: nothing was sent, and it would fail the same way for ever.
    await refuse(world, store, order, record, troubleOf(asActionError(thrown)));
    return;
  }
  if (record.inputDigest !== undefined && record.inputDigest !== prepared.digest) {
    const message = `"${record.name}" was already sent with other data. Nothing was sent now.`;
    await refuse(world, store, order, record, { cause: "input.changed", message });
    return;
  }
  const leave = await world.permits.acquire(step.connection, prepared.exclusive);
  try {
    const { deadlineMs } = step.connection;
    // The clock of the attempt starts before the claim, so that it always runs out before the lease does.
    const endsAt = world.clock.monotonicMs() + deadlineMs;
    const call = callFor(world, store, order, step, () => endsAt - world.clock.monotonicMs());
    const claim = await world.ledger.claim({
      reference,
      run: record.run,
      name: record.name,
      owner: world.owner,
      leaseMs: deadlineMs + leaseMarginMs,
      inputDigest: prepared.digest,
    });
    if (!claim) return;
    const outcome = await beforeDeadline(world, endsAt, prepared.attempt(call, claim.isRepeat));
    await settle(world, store, order, step, prepared, claim, outcome);
  } finally {
    leave();
  }
}

function outputsOf(order: OrderRecord, run: string): Record<string, unknown> {
  const done = order.steps.filter((step) => step.run === run && step.state === "done");
  return Object.fromEntries(done.map((step) => [step.name, step.output]));
}

function callFor(
  world: World,
  store: Store,
  order: OrderRecord,
  step: Step,
  msLeft: () => number,
): Call {
  const { reference } = order.order;
  const send = world.sendUntil(step.connection.account, msLeft);
  return {
    reference,
    key: `${reference}-${step.name}`,
    send,
    keep: (document) => store.keep(`${order.fileKey}/${step.name}`, document, send),
    open: (file) => store.open(file, send),
    now: () => world.clock.now(),
  };
}

/** An attempt that outlives its deadline ended unknown, whatever it says later. */
async function beforeDeadline(
  world: World,
  endsAt: number,
  attempted: Promise<Outcome<unknown>>,
): Promise<Outcome<unknown>> {
  const ended = new AbortController();
  const tooLate = world.clock
    .sleep(endsAt - world.clock.monotonicMs(), ended.signal)
    .then((): Outcome<unknown> => {
      const message = "The provider took longer than we may wait.";
      const error = new ActionError("ambiguous", message, { cause: "provider.no_answer" });
      return { kind: "unknown", error };
    });
  try {
    return await Promise.race([attempted, tooLate]);
  } finally {
    ended.abort();
  }
}

async function settle(
  world: World,
  store: Store,
  order: OrderRecord,
  step: Step,
  prepared: Prepared,
  claim: Claim,
  outcome: Outcome<unknown>,
): Promise<void> {
  let ending = endingFor(world, store, order, step, prepared, claim, outcome);
  if (outcome.kind !== "done") {
    const { cause, retryAfterMs } = outcome.error.failure;
    if (cause === "provider.rate_limited")
      world.permits.hold(step.connection.account, retryAfterMs ?? 1000);
  }
  const wasRecorded = await world.ledger.finish(claim, ending).catch((thrown: unknown) => {
    if (!(thrown instanceof RecordTaken)) throw thrown;
    const error = new ActionError("ambiguous", thrown.message, {
      cause: "record.exists_differently",
    });
    ending = endingFor(world, store, order, step, prepared, claim, { kind: "in-doubt", error });
    return world.ledger.finish(claim, ending);
  });
  if (outcome.kind === "retry") {
    await tellOutage(world, store.name, step.connection, outcome.error, claim.tries);
  }
  world.onStep?.({
    reference: claim.reference,
    step: claim.name,
    outcome: wasRecorded ? ending.kind : "lost its claim",
    message: ending.kind === "done" ? undefined : ending.trouble.message,
  });
}

function endingFor(
  world: World,
  store: Store,
  order: OrderRecord,
  step: Step,
  prepared: Prepared,
  claim: Claim,
  outcome: Outcome<unknown>,
): Ending {
  if (outcome.kind === "done") {
    const { id, isShared = false } = prepared.record(outcome.output);
    return { kind: "done", output: outcome.output, via: outcome.via, external: { id, isShared } };
  }
  const trouble = troubleOf(outcome.error);
  // A look came first and found nothing: whatever was in doubt before is cleared.
  const wasAbsent = claim.isRepeat && prepared.looksFirst && outcome.kind !== "unknown";
  switch (outcome.kind) {
    case "retry": {
      const { retryAfterMs } = outcome.error.failure;
      const wait = backoff(claim.tries, world.random(), retryAfterMs);
      return { kind: "retry", trouble, wasAbsent, ...wait };
    }
    case "unknown": {
      // A first doubt waits for the effect to show; one that lasts is an outage, and the look may be asked to wait.
      const { retryAfterMs } = outcome.error.failure;
      const wait = claim.isRepeat ? backoff(claim.tries, world.random(), retryAfterMs).delayMs : 0;
      return { kind: "unknown", trouble, delayMs: Math.max(settleMs(step.connection), wait) };
    }
    case "failed":
    case "in-doubt": {
      const isInDoubt = outcome.kind === "in-doubt";
      const alert = needsYou(order.order, claim.name, trouble, store.linkTo(claim.reference));
      const cleared = wasAbsent && !isInDoubt;
      return {
        kind: "attention",
        trouble,
        isInDoubt,
        wasAbsent: cleared,
        alert,
        store: store.name,
      };
    }
  }
}

/** Hands a step that cannot begin to a person. */
export async function refuse(
  world: World,
  store: Store,
  order: OrderRecord,
  record: StepRecord,
  trouble: Trouble,
): Promise<void> {
  const { reference } = order.order;
  const alert = needsYou(order.order, record.name, trouble, store.linkTo(reference));
  const { run, name } = record;
  await world.ledger.refuse({ reference, run, name, store: store.name }, trouble, alert);
}

function troubleOf(error: ActionError): Trouble {
  const { cause, status, field } = error.failure;
  return { cause, message: error.message, status, field };
}
