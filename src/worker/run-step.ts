// One attempt at one step: a place at the provider, claim, attempt under a deadline, and the outcome into the ledger.
import type { Call } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { asActionError, type Outcome } from "../connector-kit/attempt.ts";
import type { Changed, Claim, OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { RecordTaken } from "../ledger/record-taken.ts";
import { orderSubject } from "../ledger/subject.ts";
import type { Prepared } from "../pipeline/step.ts";
import { deadline } from "./deadline.ts";
import { endingOf } from "./ending-of.ts";
import { beginsNothing, type Errand, outputsOf } from "./errand.ts";
import { refuse, troubleOf } from "./refuse.ts";
import { tellTwice } from "./tell-twice.ts";
import { type AccountVisit, leaseMarginMs, visitAccount } from "./visit-account.ts";
import type { World } from "./world.ts";

/** Resolves to the order as it is after the attempt, or to undefined when it has to be read. */
export async function runStep(errand: Errand): Promise<OrderRecord | undefined> {
  const prepared = await prepare(errand);
  const visit = prepared && (await visitFor(errand, prepared));
  if (!visit) return undefined;
  let ended: Ended | undefined;
  try {
    ended = await attemptStep(errand, prepared, visit);
    return ended?.order;
  } finally {
    const error = ended && ended.outcome.kind !== "done" ? ended.outcome.error : undefined;
    await visit.leave(ended ? error : "unused");
  }
}

interface Ended extends Changed {
  readonly outcome: Outcome<unknown>;
}

/** Undefined when it must wait in line, or has for so long that a person has it now. */
async function visitFor(errand: Errand, prepared: Prepared): Promise<AccountVisit | undefined> {
  const { world, order, record, step } = errand;
  const { run, name, isMinded } = record;
  if (!prepared.needsProvider) return stayingHome;
  const visit = await visitAccount(world, {
    connection: step.connection,
    holder: `${run}/${name}`,
    subject: orderSubject(order.order.reference),
    step: { run, name },
    exclusive: prepared.exclusive,
    isMinded,
  });
  if (visit.kind === "in") return visit;
  if (visit.kind === "overdue") {
    const message = `It waited for a week: ${visit.message}`;
    await refuse(errand, { cause: "provider.outage", message });
  }
  return undefined;
}

/** Nothing is asked of the provider, so nothing is learned of its health. */
const stayingHome: AccountVisit = {
  kind: "in",
  send: () => async () => {
    throw new ActionError("permanent", "A step that said it asks nobody asked somebody.", {
      cause: "unknown",
    });
  },
  leave: async () => {},
};

/** Undefined when the step is not to be had any more. */
async function attemptStep(
  errand: Errand,
  prepared: Prepared,
  visit: AccountVisit,
): Promise<Ended | undefined> {
  const { world, record, step } = errand;
  const { deadlineMs } = step.connection;
  // The clock of the attempt starts before the claim, so that it always runs out before the lease does.
  const msLeft = deadline(world.clock, deadlineMs);
  const call = callFor(errand, visit, msLeft);
  const claim = await world.ledger.claim({
    reference: call.reference,
    run: record.run,
    name: record.name,
    owner: world.owner,
    leaseMs: deadlineMs + leaseMarginMs,
    inputDigest: record.inputDigest ?? prepared.digest,
  });
  if (!claim) return undefined;
  const isSettling = beginsNothing(errand) && claim.isRepeat && prepared.looksFirst;
  const looksOnly = isChanged(record, prepared) || isSettling;
  const attempted = prepared.attempt(call, claim.isRepeat, looksOnly, record.failingMs);
  const outcome = await beforeDeadline(world, msLeft(), attempted);
  return { outcome, order: await settle(errand, prepared, claim, outcome) };
}

/** Undefined when the step cannot begin; then a person has it. */
async function prepare(errand: Errand): Promise<Prepared | undefined> {
  const { order, record, step } = errand;
  let prepared: Prepared;
  try {
    prepared = step.prepare(order.order, outputsOf(order, record.run));
  } catch (thrown) {
    // Our own mistake, not the provider's: nothing was sent, and it would fail the same way for ever.
    await refuse(errand, troubleOf(asActionError(thrown)));
    return undefined;
  }
  // What was sent before with other data can still be looked for; it must not be sent again.
  const canLook = prepared.looksFirst && (record.inDoubt || record.state === "running");
  if (!isChanged(record, prepared) || canLook) return prepared;
  const message = `"${record.name}" was already sent with other data. Nothing was sent now.`;
  await refuse(errand, { cause: "input.changed", message });
  return undefined;
}

function isChanged(record: StepRecord, prepared: Prepared): boolean {
  return record.inputDigest !== undefined && record.inputDigest !== prepared.digest;
}

function callFor(
  { world, store, order, record }: Errand,
  visit: AccountVisit,
  msLeft: () => number,
): Call {
  const { reference } = order.order;
  const send = visit.send(msLeft);
  const sendFile = world.sendUntil(store.filesAccount, msLeft);
  return {
    reference,
    key: `${reference}-${record.name}`,
    send,
    keep: (document) => store.keep(`${order.fileKey}/${record.name}`, document, sendFile),
    open: (file) => store.open(file, sendFile),
    now: () => world.clock.now(),
  };
}

/** Made once: an error costs more than all else that an attempt does here. */
const tookTooLong: Outcome<never> = {
  kind: "unknown",
  error: new ActionError("ambiguous", "The provider took longer than we may wait.", {
    cause: "provider.no_answer",
  }),
};

/** An attempt that outlives its deadline ended unknown, whatever it says later. */
async function beforeDeadline(
  world: World,
  msLeft: number,
  attempted: Promise<Outcome<unknown>>,
): Promise<Outcome<unknown>> {
  const ended = new AbortController();
  const tooLate = world.clock.sleep(msLeft, ended.signal).then(() => tookTooLong);
  try {
    return await Promise.race([attempted, tooLate]);
  } finally {
    // Nobody hears the reason; without one an exception would be made for each attempt.
    ended.abort("ended");
  }
}

async function settle(
  errand: Errand,
  prepared: Prepared,
  claim: Claim,
  outcome: Outcome<unknown>,
): Promise<OrderRecord | undefined> {
  const { world, order } = errand;
  let ending = endingOf(errand, prepared, claim, outcome);
  const changed = await world.ledger.finish(claim, ending, order).catch((thrown: unknown) => {
    if (!(thrown instanceof RecordTaken)) throw thrown;
    const cause = "record.exists_differently";
    const error = new ActionError("ambiguous", thrown.message, { cause });
    ending = endingOf(errand, prepared, claim, { kind: "in-doubt", error });
    return world.ledger.finish(claim, ending);
  });
  if (changed) await tellOthers(errand, prepared, outcome);
  world.onStep?.({
    reference: claim.reference,
    step: claim.name,
    outcome: changed ? ending.kind : "lost its claim",
    message: ending.kind === "done" ? undefined : ending.trouble.message,
  });
  return changed?.order;
}

/** A look that found the change more than once: the order goes on with the first. */
async function tellOthers(
  { world, order, step, record: { name } }: Errand,
  { record }: Prepared,
  outcome: Outcome<unknown>,
): Promise<void> {
  if (outcome.kind !== "done" || outcome.via !== "look-up" || outcome.others.length === 0) return;
  await tellTwice(world, {
    store: order.order.store,
    reference: order.order.reference,
    step: name,
    provider: step.connection.provider,
    kept: record(outcome.output).id,
    others: outcome.others.map((other) => record(other).id),
  });
}
