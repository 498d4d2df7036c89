// An outage is told once, not once for an order, and the message says so when it is over: the orders wait and go on by
// themselves.
import type { Connection } from "../connector-kit/action.ts";
import type { Alert } from "../connector-kit/roles.ts";
import type { AccountHealth } from "../ledger/gates/gates.ts";
import type { World } from "./world.ts";

const tellAfterMs = 15 * 60_000;
const tellAgainAfterMs = 4 * 3600_000;

export async function tellOutage(
  world: World,
  store: string,
  { provider, account }: Connection,
  { breaker, waiting, nowMs }: AccountHealth,
): Promise<void> {
  const { state, openedAt, why } = breaker;
  if (openedAt === undefined || !why) return;
  const outage = `outage:${account}:${breaker.outages}`;
  const [told, refused, long] = [outage, `${outage}:key`, `${outage}:long`];
  const raise = (dedupe: string, alert: Alert, answers?: readonly string[]) =>
    world.ledger.raiseAlert(dedupe, store, undefined, alert, answers);
  if (state === "closed") {
    const lasted = `It lasted ${inWords((breaker.closedAt ?? nowMs) - openedAt)}.`;
    const lines = [lasted, "Orders that waited for it go on by themselves."];
    const over = { title: `${provider} works again`, lines };
    await world.ledger.closeAlerts([told, refused, long], over);
    // Else each look at the line would tell it again.
    return world.ledger.gates.endOutage(account, breaker.outages);
  }
  const waits = waiting === 1 ? "One waits for it." : `${waiting} wait for it.`;
  if (why.isRefusal) {
    const lines = [why.message, `${waits} They go on by themselves when the key is right.`];
    return raise(refused, { severity: "needs-you", title: `${provider} refuses our key`, lines });
  }
  const ageMs = nowMs - openedAt;
  if (ageMs < tellAfterMs) return;
  const title = `${provider} does not do its work`;
  const lines = [why.message, `${waits} Nothing to do: they go on by themselves.`];
  await raise(told, { severity: "warning", title, lines });
  if (ageMs < tellAgainAfterMs) return;
  const since = `${provider} has not done its work for ${inWords(ageMs)}`;
  await raise(long, { severity: "needs-you", title: since, lines: [why.message, waits] }, [told]);
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return minutes === 1 ? "a minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
