// The way to a provider account: through its gate, and at the pace that it bears.
import type { Connection } from "../connector-kit/action.ts";
import type { ActionError } from "../connector-kit/action-error.ts";
import { noAnswer } from "../connector-kit/direct-send.ts";
import type { Send } from "../connector-kit/http.ts";
import { slotMs } from "../gate/gate.ts";
import type { Entrant, Pass } from "../ledger/gates/gates.ts";
import { deadline } from "./deadline.ts";
import { probeMs, signalOf } from "./signal-of.ts";
import type { World } from "./world.ts";

/** How much longer a place, or a lease, lives than the attempt may last, ms. */
export const leaseMarginMs = 10_000;

export interface VisitWish extends Pick<Entrant, "holder" | "subject" | "step" | "exclusive"> {
  readonly connection: Connection;
  /** Whether an account without limits must be asked for a place; it is looked up when nobody knows. */
  readonly isMinded?: boolean | undefined;
}

export interface AccountVisit {
  readonly kind: "in";
  /** The way out, for as long as `msLeft` says. */
  send(msLeft: () => number): Send;
  /** The call is over; `error` when it went wrong. */
  leave(error?: ActionError | "unused"): Promise<void>;
}

export type Visited =
  | AccountVisit
  | { readonly kind: "waits" }
  | { readonly kind: "gone" }
  | { readonly kind: "overdue"; readonly message: string };

let visits = 0;

/** In, or in line: nobody holds a worker's place while waiting. */
export async function visitAccount(world: World, wish: VisitWish): Promise<Visited> {
  const { connection, exclusive } = wish;
  const { account, limits } = connection;
  const { gates } = world.ledger;
  const isLimited = limits.concurrent !== undefined || limits.perSecond !== undefined;
  if (!isLimited && exclusive === undefined) {
    if (!(wish.isMinded ?? (await gates.isMinded(account)))) return freeVisit(world, connection);
  }
  visits += 1;
  const staysMs = connection.deadlineMs + leaseMarginMs;
  const placeMsLeft = deadline(world.clock, staysMs);
  const slotMsLeft = deadline(world.clock, slotMs);
  const { holder, subject, step } = wish;
  const entry = await gates.enter({
    ...{ account, limits, exclusive, holder, subject, step },
    visit: `${world.owner}#${visits}`,
    staysMs,
    probeInMs: probeMs(world.random()),
  });
  if (entry.kind !== "in") return entry;
  const { pass } = entry;
  if (placeMsLeft() < connection.deadlineMs) {
    // The process slept: before an attempt is over, the place may be somebody else's.
    await gates.leave(pass, undefined);
    return visitAccount(world, wish);
  }
  return {
    kind: "in",
    send: (msLeft) => pacedSend(world, pass, slotMsLeft, msLeft),
    leave: (error) => gates.leave(pass, signalFor(world, error)),
  };
}

function freeVisit(world: World, { account, limits }: Connection): AccountVisit {
  return {
    kind: "in",
    send: (msLeft) => world.sendUntil(account, msLeft),
    async leave(error) {
      const signal = signalFor(world, error);
      if (signal) await world.ledger.gates.hear(account, limits, signal);
    },
  };
}

const signalFor = (world: World, error: ActionError | "unused" | undefined) =>
  error === "unused" ? undefined : signalOf(error, world.random());

/** The first request has its slot already; each other asks for one, as does one that is too late for its own. */
function pacedSend(world: World, pass: Pass, slotMsLeft: () => number, msLeft: () => number): Send {
  const send = world.sendUntil(pass.account, msLeft);
  if (pass.limits.perSecond === undefined) return send;
  const { clock, ledger } = world;
  let held: { readonly slot: number; readonly slotMsLeft: () => number } | undefined;
  held = { slot: pass.slot, slotMsLeft };
  return async (request) => {
    while (msLeft() > 0 && !(held && held.slotMsLeft() >= 0)) {
      const fresh = deadline(clock, slotMs);
      const taken = await ledger.gates.takeSlot(pass, held?.slot).catch(() => undefined);
      if (!taken) throw noAnswer(request, true, ": Ordna's own database is away");
      held = "slot" in taken ? { slot: taken.slot, slotMsLeft: fresh } : undefined;
      if ("inMs" in taken) await clock.sleep(Math.min(taken.inMs, msLeft()));
    }
    held = undefined;
    return send(request);
  };
}
