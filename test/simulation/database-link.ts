// A process's way to the ledger: each call is one transaction that happens at one instant, and whose answer may be lost.
import type { Gates } from "../../src/ledger/gates/gates.ts";
import type { Claim, Ending, Ledger, Wake } from "../../src/ledger/ledger.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { type Life, type Scene, seconds } from "./simulated-process.ts";

/** An embedded database lives and dies with its process, and cannot be cut off from it. */
export function linkedLedger(
  scene: Scene,
  life: Life,
  ledger: Ledger,
  isEmbedded: boolean,
): Ledger {
  const { time, random, faults, story } = scene;
  const tell = (reference: string | undefined, what: () => string) =>
    story.tell(life.process, reference, what);

  function call<T>(transact: () => Promise<T>, about?: string): Promise<T> {
    return new Promise((resolve, reject) => {
      if (life.isOver) return;
      const gone = () => reject(new Error("The database went away."));
      if (!isEmbedded && faults.strikes("lost-statement")) {
        if (about) tell(about, () => "loses the database before it is asked");
        life.after(random() * 100, gone);
        return;
      }
      const isSlow = !isEmbedded && faults.strikes("slow-statement");
      time.after(0.5 + random() * (isSlow ? 200_000 : 5), () => {
        if (isEmbedded && life.isOver) return;
        const isLost = !isEmbedded && faults.strikes("lost-commit");
        if (isLost && about) tell(about, () => "will not hear the answer of the database");
        transact().then(
          (value) => life.after(0.5 + random() * 5, isLost ? gone : () => resolve(value)),
          (thrown) => life.after(0.5 + random() * 5, isLost ? gone : () => reject(thrown)),
        );
      });
    });
  }

  const tellOfEvent = (subject: string, what: () => string) => {
    if (story.isTold) tell(referenceFor(subject.slice(subject.indexOf("cs_"))), what);
  };
  const tellOfOrder = ({ subject }: Wake, what: () => string) =>
    tell(subject.slice(subject.indexOf("/") + 1), what);
  const { due } = ledger;
  return {
    due: {
      take: (limit, hiddenMs) =>
        call(async () => {
          const wakes = await due.take(limit, hiddenMs);
          for (const wake of wakes) tellOfOrder(wake, () => `takes wake-up ${wake.wakes}`);
          return wakes;
        }),
      settle: (wake, inMs) =>
        call(() => {
          const again = inMs === undefined ? "never again" : `again in ${seconds(inMs)}`;
          tellOfOrder(wake, () => `settles wake-up ${wake.wakes}: ${again}`);
          return due.settle(wake, inMs);
        }),
      keep: (wakes, hiddenMs) => call(() => due.keep(wakes, hiddenMs)),
      nextInMs: () => call(() => due.nextInMs()),
      wake: (subject, inMs) => call(() => due.wake(subject, inMs)),
      onNews: (heard) => listen(scene, life, ledger, heard),
    },
    gates: linkedGates(call, ledger.gates, tell),
    takeOver: () => call(() => ledger.takeOver()),
    recordEvent: (received) => call(() => ledger.recordEvent(received)),
    loadEvent: (subject) =>
      call(async () => {
        const record = await ledger.loadEvent(subject);
        tellOfEvent(subject, () => `finds ${subject} ${record?.disposition}`);
        return record;
      }),
    openOrder: (subject, order, run, refund) =>
      call(async () => {
        const opened = await ledger.openOrder(subject, order, run, refund);
        tell(order.reference, () => `${opened.isNew ? "opens" : "joins"} the order (${subject})`);
        return opened;
      }, order.reference),
    recordRefund: (subject, refund) =>
      call(() => {
        tellOfEvent(subject, () => `records the refund of ${refund.paymentIntent}`);
        return ledger.recordRefund(subject, refund);
      }),
    readAgain: (subject) => call(() => ledger.readAgain(subject)),
    ignoreEvent: (subject, reason) =>
      call(() => {
        tellOfEvent(subject, () => `ignores ${subject}: ${reason}`);
        return ledger.ignoreEvent(subject, reason);
      }),
    quarantineEvent: (subject, reason, alert) =>
      call(() => {
        tellOfEvent(subject, () => `quarantines ${subject}: ${reason}`);
        return ledger.quarantineEvent(subject, reason, alert);
      }),
    countEventTry: (subject, reason) =>
      call(() => {
        tellOfEvent(subject, () => `cannot read ${subject} yet: ${reason}`);
        return ledger.countEventTry(subject, reason);
      }),
    loadOrder: (reference) => call(() => ledger.loadOrder(reference)),
    unblock: (reference) => call(() => ledger.unblock(reference)),
    claim: (request) =>
      call(async () => {
        const claim = await ledger.claim(request);
        if (claim) tell(claim.reference, () => `claims ${named(claim)}`);
        return claim;
      }, request.reference),
    finish: (claim, ending) =>
      call(async () => {
        const wasWritten = await ledger.finish(claim, ending);
        tell(
          claim.reference,
          () => `${wasWritten ? "writes" : "may not write"} ${told(claim, ending)}`,
        );
        return wasWritten;
      }, claim.reference),
    refuse: (step, trouble, alert) => call(() => ledger.refuse(step, trouble, alert)),
    raiseAlert: (dedupe, store, reference, alert, answers) =>
      call(() => ledger.raiseAlert(dedupe, store, reference, alert, answers)),
    closeAlerts: (dedupes, over) => call(() => ledger.closeAlerts(dedupes, over)),
    alertTraffic: (store) => call(() => ledger.alertTraffic(store)),
    loadMessage: (store, messageId) => call(() => ledger.loadMessage(store, messageId)),
    loadAlert: (subject) => call(() => ledger.loadAlert(subject)),
    beginAlert: (subject) => call(() => ledger.beginAlert(subject)),
    endAlert: (subject, outcome, detail) => call(() => ledger.endAlert(subject, outcome, detail)),
    countAlertTry: (subject, error) => call(() => ledger.countAlertTry(subject, error)),
    retry: (reference, name) => call(() => ledger.retry(reference, name)),
  };
}

type Call = <T>(transact: () => Promise<T>, about?: string) => Promise<T>;

function linkedGates(
  call: Call,
  gates: Gates,
  tell: (reference: string | undefined, what: () => string) => void,
): Gates {
  return {
    enter: (entrant) =>
      call(async () => {
        const entry = await gates.enter(entrant);
        const { account, holder, step } = entrant;
        const reference = step?.run.slice(0, step.run.indexOf("-"));
        if (reference) tell(reference, () => `${account} ${entry.kind}: ${holder}`);
        return entry;
      }),
    leave: (pass, signal) => call(() => gates.leave(pass, signal)),
    hear: (account, limits, signal) =>
      signal.kind === "good"
        ? gates.hear(account, limits, signal)
        : call(() => gates.hear(account, limits, signal)),
    isMinded: (account) => call(() => gates.isMinded(account)),
    takeSlot: (pass, unused) => call(() => gates.takeSlot(pass, unused)),
    tend: (account, limits) => call(() => gates.tend(account, limits)),
    endOutage: (account, outage) => call(() => gates.endOutage(account, outage)),
    probeSoon: (account) => call(() => gates.probeSoon(account)),
  };
}

const named = ({ name, fence, isRepeat }: Claim) =>
  `${name} under fence ${fence}${isRepeat ? ", in doubt" : ""}`;

function told(claim: Claim, ending: Ending): string {
  const what = `${ending.kind} of ${claim.name} under fence ${claim.fence}`;
  if (ending.kind === "done") return `${what} via ${ending.via}`;
  const delay = ending.kind === "attention" ? "" : `, again in ${seconds(ending.delayMs)}`;
  return `${what}: ${ending.trouble.cause}${delay}`;
}

/** News of the database: it may not be heard, or be heard twice. */
async function listen(
  { random, faults }: Scene,
  life: Life,
  ledger: Ledger,
  heard: () => void,
): Promise<() => Promise<void>> {
  const stop = await ledger.due.onNews(() => {
    if (life.isOver || faults.strikes("lost-wake")) return;
    life.after(random() * 20, heard);
    if (faults.strikes("second-wake")) life.after(random() * 2000, heard);
  });
  life.onEnd(() => void stop());
  return stop;
}
