import type { DecisionGlance } from "../api/decide.ts";
import { words } from "../language/words.ts";
import { stepName } from "./step-words.ts";
import type { Told } from "./tell-happenings.ts";

/** "Somebody corrected the order", with the reason; a look at personal data is told elsewhere. */
export function tellDecision(decision: DecisionGlance): Told | undefined {
  const known: Readonly<Record<string, string>> = words().decided;
  const did = known[decision.what];
  if (did === undefined) return undefined;
  const what = decision.step ? `${did}: ${stepName(decision.step)}` : did;
  return {
    key: `decision ${decision.number}`,
    at: decision.at,
    mark: "partly",
    sentence: `${decision.actor} ${what}${saidIn(decision)}.`,
    detail: decision.reason ?? null,
  };
}

function saidIn({ what, after }: DecisionGlance): string {
  const { text, assignedTo, to } = Object(after);
  if (what === "order.note" && typeof text === "string") return `: “${text}”`;
  if (what === "order.assign") return `: ${assignedTo ?? words().deeds.nobody}`;
  if (what === "email.resend" && typeof to === "string") return `: ${to}`;
  return "";
}
