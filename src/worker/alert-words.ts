// One message for several alerts, and what a message says when what it told is over. Pure.
import type { Alert } from "../connector-kit/roles.ts";
import type { ToldAlert } from "../ledger/ledger.ts";

const worse = ["needs-you", "warning", "info"] as const;

/** What a message says now. */
export function messageOf(told: readonly ToldAlert[]): Alert {
  const [first] = told;
  return first && told.length === 1 ? alone(first) : digest(told);
}

function alone({ alert, over }: ToldAlert): Alert {
  if (!over) return alert;
  const { title, lines } = over.alert;
  return { ...alert, lines: [title, ...lines, "It was:", ...alert.lines], isOver: true };
}

function digest(told: readonly ToldAlert[]): Alert {
  const open = told.filter(({ over }) => !over);
  const overCount = told.length - open.length;
  const over = overCount === 0 ? "" : `, ${overCount === told.length ? "all" : overCount} over`;
  const severity = worse.find((one) => open.some(({ alert }) => alert.severity === one)) ?? "info";
  return {
    severity,
    title: `${told.length} alerts in one message${over}`,
    // What still needs somebody comes first: a chat shows so many lines and no more.
    lines: [...open, ...told.filter((one) => one.over)].map(
      (one) => `${one.over ? "over: " : ""}${one.alert.title}`,
    ),
    isOver: open.length === 0,
  };
}
