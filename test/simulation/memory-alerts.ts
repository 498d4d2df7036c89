// What people are told, in memory: each alert once, begun before it is sent.
import type { Alert } from "../../src/connector-kit/roles.ts";
import type { AlertRecord, Ledger, Over, ToldAlert } from "../../src/ledger/ledger.ts";
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
  const first = answered?.toSorted((a, b) => Number(a) - Number(b))[0];
  tables.alerts.set(id, { id, store, reference, alert: told, answers: first, ...fresh });
  wakeIn(tables, alertSubject(id), 0);
}

const fresh = {
  closes: false,
  wasBegun: false,
  outcome: undefined,
  endedAt: undefined,
  tries: 0,
  messageId: undefined,
};

export function closeAlerts(
  tables: MemoryTables,
  dedupes: readonly string[],
  { title, lines }: Over,
): void {
  const raised = [...new Set(dedupes)].flatMap((dedupe) => {
    const row = tables.alerts.get(tables.alertDedupes.get(dedupe) ?? "");
    return row && row.outcome !== "refused" ? [{ dedupe, row }] : [];
  });
  for (const { dedupe, row } of raised.sort((a, b) => Number(a.row.id) - Number(b.row.id))) {
    tables.lastAlertId += 1;
    const id = String(tables.lastAlertId);
    if (tables.alertDedupes.has(`${dedupe}:over`)) continue;
    tables.alertDedupes.set(`${dedupe}:over`, id);
    const { store, reference } = row;
    const alert = { severity: "info", title: storable(title), lines } as const;
    const closing = { id, store, reference, alert, answers: row.id, ...fresh, closes: true };
    tables.alerts.set(id, closing);
    wakeIn(tables, alertSubject(id), 0);
  }
}

type AlertPart =
  | "raiseAlert"
  | "closeAlerts"
  | "loadAlert"
  | "alertTraffic"
  | "loadMessage"
  | "beginAlert"
  | "endAlert"
  | "countAlertTry";

export function memoryAlerts(tables: MemoryTables): Pick<Ledger, AlertPart> {
  const find = (subject: string) => tables.alerts.get(idOf(subject));
  return {
    async raiseAlert(dedupe, store, reference, alert, answers) {
      insertAlert(tables, dedupe, store, reference, alert, answers);
    },
    async closeAlerts(dedupes, over) {
      closeAlerts(tables, dedupes, over);
    },
    async alertTraffic(store) {
      const rows = [...tables.alerts.values()].filter((row) => row.store === store);
      const waiting = rows.filter((row) => !(row.wasBegun || row.outcome || row.closes));
      const sentAt = new Map<string, number>();
      for (const { messageId = "", endedAt = 0, outcome } of rows) {
        if (outcome === "sent")
          sentAt.set(messageId, Math.max(endedAt, sentAt.get(messageId) ?? 0));
      }
      const agoMs = [...sentAt.values()].map((at) => tables.clock.nowMs() - at);
      return {
        waiting: waiting.slice(0, 100).map(({ id }) => alertSubject(id)),
        sentAgoMs: agoMs.filter((ms) => ms < 60_000).sort((a, b) => a - b),
      };
    },
    async loadMessage(store, messageId) {
      return [...tables.alerts.values()]
        .filter((row) => row.store === store && row.messageId === messageId && !row.closes)
        .map((row) => asTold(tables, row));
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
      row.endedAt = tables.clock.nowMs();
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
  const answered = row.answers === undefined ? undefined : tables.alerts.get(row.answers);
  const answers = answered?.messageId;
  const alert = { ...row.alert, ...(answers === undefined ? {} : { answers }) };
  const closes = row.closes ? { closes: { outcome: answered?.outcome } } : {};
  return {
    id,
    store,
    reference,
    alert,
    wasBegun,
    isEnded: outcome !== undefined,
    tries,
    ...closes,
  };
}

function asTold(tables: MemoryTables, { id, reference, alert }: AlertRow): ToldAlert {
  const over = [...tables.alerts.values()].find((row) => row.closes && row.answers === id);
  return {
    reference,
    alert,
    ...(over ? { over: { subject: alertSubject(over.id), alert: over.alert } } : {}),
  };
}

function idOf(subject: string): string {
  const read = readSubject(subject);
  if (read?.kind !== "alert" || !/^\d+$/.test(read.id))
    throw new TypeError(`"${subject}" is no alert.`);
  return read.id;
}
