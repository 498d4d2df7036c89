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
  answers?: readonly string[],
): void {
  const answered = answers?.flatMap((one) => tables.alertDedupes.get(one) ?? []);
  if (answered?.length === 0) return;
  tables.lastAlertId += 1;
  if (tables.alertDedupes.has(dedupe)) return;
  const id = String(tables.lastAlertId);
  tables.alertDedupes.set(dedupe, id);
  const { severity, title, lines } = alert;
  const told = { severity, title: storable(title), lines };
  const fresh = { wasBegun: false, outcome: undefined, tries: 0, messageId: undefined };
  const first = answered?.toSorted((a, b) => Number(a) - Number(b))[0];
  tables.alerts.set(id, { id, store, reference, alert: told, answers: first, ...fresh });
  wakeIn(tables, alertSubject(id), 0);
}

type AlertPart = "raiseAlert" | "loadAlert" | "beginAlert" | "endAlert" | "countAlertTry";

export function memoryAlerts(tables: MemoryTables): Pick<Ledger, AlertPart> {
  const find = (subject: string) => tables.alerts.get(idOf(subject));
  return {
    async raiseAlert(dedupe, store, reference, alert, answers) {
      insertAlert(tables, dedupe, store, reference, alert, answers);
    },
    async loadAlert(subject) {
      const row = find(subject);
      return row && asRecord(tables, row);
    },
    async beginAlert(subject) {
      const row = find(subject);
      if (!row || row.wasBegun || row.outcome) return false;
      row.wasBegun = true;
      return true;
    },
    async endAlert(subject, outcome, detail) {
      const row = find(subject);
      if (!row || row.outcome) return;
      row.outcome = outcome;
      if (outcome === "sent") row.messageId = storable(detail);
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

function asRecord(tables: MemoryTables, row: AlertRow): AlertRecord {
  const { id, store, reference, wasBegun, outcome, tries } = row;
  const answers = row.answers && tables.alerts.get(row.answers)?.messageId;
  const alert = { ...row.alert, ...(answers === undefined ? {} : { answers }) };
  return { id, store, reference, alert, wasBegun, isEnded: outcome !== undefined, tries };
}

function idOf(subject: string): string {
  const read = readSubject(subject);
  if (read?.kind !== "alert" || !/^\d+$/.test(read.id))
    throw new TypeError(`"${subject}" is no alert.`);
  return read.id;
}
