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
import { claimStep } from "./claim-step.ts";
import type { Database } from "./database/database.ts";
import { dueIndex, wakeIn } from "./due-index.ts";
import { countEventTry, ignoreEvent, loadEvent, quarantineEvent, readAgain } from "./events.ts";
import {
  finishStep,
  lockOrder,
  refuseStep,
  settleOrderState,
  unblockSteps,
} from "./finish-step.ts";
import { emptyGates } from "./gates/gate-row.ts";
import { sqlGates } from "./gates/sql-gates.ts";
import type { Ledger } from "./ledger.ts";
import { loadOrder } from "./load-order.ts";
import { openOrder } from "./open-order.ts";
import { recordEvent } from "./record-event.ts";
import { recordRefund } from "./record-refund.ts";
import { retryStep } from "./retry-step.ts";
import { skipUnbegun } from "./skip-unbegun.ts";
import { orderSubject } from "./subject.ts";

export function sqlLedger(db: Database): Ledger {
  return {
    due: dueIndex(db),
    gates: sqlGates(db),
    takeOver: () =>
      db.transaction(async (tx) => {
        await tx.query("update due set due_at = now() where due_at > now()");
        // Their calls may still be on their way: the settle window stays.
        await tx.query("update step set lease_until = now() where state = 'running'");
        await tx.query(emptyGates);
      }),
    recordEvent: (received) => recordEvent(db, received),
    loadEvent: (subject) => loadEvent(db, subject),
    openOrder: (subject, order, run, refund) => openOrder(db, subject, order, run, refund),
    recordRefund: (subject, refund) => recordRefund(db, subject, refund),
    ignoreEvent: (subject, reason) => ignoreEvent(db, subject, reason),
    quarantineEvent: (subject, reason, alert) => quarantineEvent(db, subject, reason, alert),
    countEventTry: (subject, reason) => countEventTry(db, subject, reason),
    readAgain: (subject) => readAgain(db, subject),
    loadOrder: (reference) => loadOrder(db, reference),
    unblock: (reference) =>
      db.transaction(async (tx) => {
        await lockOrder(tx, reference);
        return unblockSteps(tx, reference);
      }),
    claim: (request) => claimStep(db, request),
    finish: (claim, ending) => finishStep(db, claim, ending),
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
