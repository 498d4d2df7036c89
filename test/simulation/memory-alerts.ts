// What people are told, in memory: each alert once, begun before it is sent.
import type { Alert } from "../../src/connector-kit/roles.ts";
import type { AlertRecord, Ledger } from "../../src/ledger/ledger.ts";
import { storable } from "../../src/ledger/storable.ts";
import { alertSubject, readSubject } from "../../src/ledger/subject.ts";
import { wakeIn } from "./memory-due-index.ts";
import type { AlertRow, MemoryTables } from "./memory-tables.ts";

export function insertAlert(
  tables: MemoryTables,
  dedupe: string,
  store: string,
  reference: string | undefined,
  alert: Alert,
): void {
  tables.lastAlertId += 1;
  if (tables.alertDedupes.has(dedupe)) return;
  tables.alertDedupes.add(dedupe);
  const id = String(tables.lastAlertId);
  const { severity, title, lines } = alert;
  const told = { severity, title: storable(title), lines };
  const fresh = { wasBegun: false, outcome: undefined, tries: 0 };
  tables.alerts.set(id, { id, store, reference, alert: told, ...fresh });
  wakeIn(tables, alertSubject(id), 0);
}

type AlertPart = "raiseAlert" | "loadAlert" | "beginAlert" | "endAlert" | "countAlertTry";

export function memoryAlerts(tables: MemoryTables): Pick<Ledger, AlertPart> {
  const find = (subject: string) => tables.alerts.get(idOf(subject));
  return {
    async raiseAlert(dedupe, store, reference, alert) {
      insertAlert(tables, dedupe, store, reference, alert);
    },
    async loadAlert(subject) {
      const row = find(subject);
      return row && asRecord(row);
    },
    async beginAlert(subject) {
      const row = find(subject);
      if (!row || row.wasBegun || row.outcome) return false;
      row.wasBegun = true;
      return true;
    },
    async endAlert(subject, outcome) {
      const row = find(subject);
      if (!row || row.outcome) return;
      row.outcome = outcome;
      row.tries += 1;
    },
    async countAlertTry(subject) {
      const row = find(subject);
      if (!row) return;
      row.wasBegun = false;
      row.tries += 1;
    },
  };
}

function asRecord(row: AlertRow): AlertRecord {
  const { id, store, reference, alert, wasBegun, outcome, tries } = row;
  return { id, store, reference, alert, wasBegun, isEnded: outcome !== undefined, tries };
}

function idOf(subject: string): string {
  const read = readSubject(subject);
  if (read?.kind !== "alert" || !/^\d+$/.test(read.id))
    throw new TypeError(`"${subject}" is no alert.`);
  return read.id;
}
