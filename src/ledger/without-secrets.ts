// The ledger as the running Ordna uses it: what providers say is cleaned of secrets before it is written down.
import type { Redact } from "../connector-kit/redact.ts";
import type { Alert } from "../connector-kit/roles.ts";
import type { Signal } from "../gate/breaker.ts";
import type { Ending, Ledger, Trouble } from "./ledger.ts";

export function withoutSecrets(ledger: Ledger, redact: Redact): Ledger {
  const trouble = (told: Trouble): Trouble => ({ ...told, message: redact(told.message) });
  const alert = (told: Alert): Alert => ({
    ...told,
    title: redact(told.title),
    lines: told.lines.map(redact),
  });
  const ending = (told: Ending): Ending => {
    if (told.kind === "done") return told;
    if (told.kind !== "attention") return { ...told, trouble: trouble(told.trouble) };
    return { ...told, trouble: trouble(told.trouble), alert: alert(told.alert) };
  };
  const signal = (told: Signal | undefined) =>
    told?.kind === "bad"
      ? { ...told, why: { ...told.why, message: redact(told.why.message) } }
      : told;
  const { gates } = ledger;
  return {
    ...ledger,
    gates: {
      ...gates,
      leave: (pass, told) => gates.leave(pass, signal(told)),
      hear: (account, limits, told) => gates.hear(account, limits, signal(told) ?? told),
    },
    ignoreEvent: (subject, reason) => ledger.ignoreEvent(subject, redact(reason)),
    quarantineEvent: (subject, reason, told) =>
      ledger.quarantineEvent(subject, redact(reason), alert(told)),
    countEventTry: (subject, reason) => ledger.countEventTry(subject, redact(reason)),
    finish: (claim, told, known) => ledger.finish(claim, ending(told), known),
    refuse: (step, told, alerted) => ledger.refuse(step, trouble(told), alert(alerted)),
    raiseAlert: (dedupe, store, reference, told, answers) =>
      ledger.raiseAlert(dedupe, store, reference, alert(told), answers),
    closeAlerts: (dedupes, { title, lines }) =>
      ledger.closeAlerts(dedupes, { title: redact(title), lines: lines.map(redact) }),
    endAlert: (subject, outcome, detail) => ledger.endAlert(subject, outcome, redact(detail)),
    countAlertTry: (subject, error) => ledger.countAlertTry(subject, redact(error)),
  };
}
