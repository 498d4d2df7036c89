// The ledger over a SQL database: embedded or PostgreSQL, the same statements.
import { alertTraffic, loadMessage } from "./alert-messages.ts";
import {
  beginAlert,
  closeAlerts,
  countAlertTry,
  endAlert,
  insertAlert,
  loadAlert,
} from "./alerts.ts";
import { tellChanged } from "./changed.ts";
import { claimSteps } from "./claim-step.ts";
import type { Database } from "./database/database.ts";
import { dueIndex, wakeIn } from "./due-index.ts";
import { countEventTry, ignoreEvent, loadEvents, quarantineEvent, readAgain } from "./events.ts";
import {
  type Finished,
  finishDone,
  finishStep,
  lockOrder,
  refuseStep,
  settleOrderState,
  unblockSteps,
} from "./finish-step.ts";
import { emptyGates } from "./gates/gate-row.ts";
import { sqlGates } from "./gates/sql-gates.ts";
import { gather, lanes } from "./gather.ts";
import type { ClaimRequest, Ledger } from "./ledger.ts";
import { loadOrders, type OrderAsked } from "./load-order.ts";
import { type Opening, openingOf, openOrder, openPlain } from "./open-order.ts";
import { insertLetters, type Letter, letterOf, quarantineLetter } from "./record-event.ts";
import { recordRefund } from "./record-refund.ts";
import { retryStep } from "./retry-step.ts";
import { runsUnderWay } from "./runs-under-way.ts";
import { skipUnbegun } from "./skip-unbegun.ts";
import { orderSubject } from "./subject.ts";

export function sqlLedger(db: Database): Ledger {
  const usual = usualTransitions(db);
  return {
    due: dueIndex(db),
    gates: sqlGates(db),
    takeOver: () =>
      db.transaction(async (tx) => {
        await tx.query("update due set due_at = now() where due_at > now()");
        // Their calls may still be on their way: the settle window stays.
        await tx.query(
          `update step set lease_until = now() where state = 'running' and run in (${runsUnderWay})`,
        );
        await tx.query(emptyGates);
      }),
    async recordEvent(received) {
      const letter = letterOf(received);
      const isFresh = await (letter.event ? usual.record(letter) : quarantineLetter(db, letter));
      return { isFresh, subject: letter.subject };
    },
    loadEvent: usual.loadEvent,
    openOrder: async (subject, order, run, refund) =>
      openOrder(db, openingOf(subject, order, run), refund, usual.open),
    recordRefund: (subject, refund) => recordRefund(db, subject, refund),
    ignoreEvent: (subject, reason) => ignoreEvent(db, subject, reason),
    quarantineEvent: (subject, reason, alert) => quarantineEvent(db, subject, reason, alert),
    countEventTry: (subject, reason) => countEventTry(db, subject, reason),
    readAgain: (subject) => readAgain(db, subject),
    loadOrder: (reference, known) => usual.loadOrder({ reference, known }),
    unblock: (reference) =>
      db.transaction(async (tx) => {
        await lockOrder(tx, reference);
        return unblockSteps(tx, reference);
      }),
    claim: usual.claim,
    finish: (claim, ending, known) => finishStep(db, claim, ending, known, usual.finish),
    refuse: ({ reference, run, name, store }, trouble, alert) =>
      db.transaction(async (tx) => {
        const { isStopped } = await lockOrder(tx, reference);
        if (!(await refuseStep(tx, run, name, trouble))) return;
        await insertAlert(tx, `refused:${run}:${name}`, store, reference, alert);
        if (isStopped) await skipUnbegun(tx, reference);
        await settleOrderState(tx, reference);
        await tellChanged(tx, reference);
      }),
    raiseAlert: (dedupe, store, reference, alert, answers) =>
      db.transaction((tx) => insertAlert(tx, dedupe, store, reference, alert, answers)),
    closeAlerts: (dedupes, over) => db.transaction((tx) => closeAlerts(tx, dedupes, over)),
    loadAlert: (subject) => loadAlert(db, subject),
    alertTraffic: (store) => alertTraffic(db, store),
    loadMessage: (store, messageId) => loadMessage(db, store, messageId),
    beginAlert: (subject) => beginAlert(db, subject),
    endAlert: (subject, outcome, detail) => endAlert(db, subject, outcome, detail),
    countAlertTry: (subject, error) => countAlertTry(db, subject, error),
    retry: (reference, name) =>
      db.transaction(async (tx) => {
        await lockOrder(tx, reference);
        if (!(await retryStep(tx, reference, name))) return false;
        await settleOrderState(tx, reference);
        await wakeIn(tx, orderSubject(reference), 0);
        await tellChanged(tx, reference);
        return true;
      }),
  };
}

/** What every order passes: asked for by many at once, and carried by few statements. */
function usualTransitions(db: Database) {
  // A server syncs one while it works on the next; the embedded database has one session.
  const count = db.kind === "postgres" ? 2 : 1;
  const shared = { lanes: lanes(count) };
  // A letter waits for nothing that an order waits for.
  const ofTheDoor = { lanes: lanes(count) };
  return {
    record: gather((letters: readonly Letter[]) => insertLetters(db, letters), ofTheDoor),
    loadEvent: gather((subjects: readonly string[]) => loadEvents(db, subjects), shared),
    open: gather((openings: readonly Opening[]) => openPlain(db, openings), shared),
    loadOrder: gather((asked: readonly OrderAsked[]) => loadOrders(db, asked), shared),
    claim: gather((requests: readonly ClaimRequest[]) => claimSteps(db, requests), shared),
    finish: gather((finished: readonly Finished[]) => finishDone(db, finished), shared),
  };
}
