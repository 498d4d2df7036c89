// Asks the gate of one account what a command says.
import type { Signal } from "../../src/gate/breaker.ts";
import type { Gates, Pass } from "../../src/ledger/gates/gates.ts";
import { orderSubject } from "../../src/ledger/subject.ts";
import type { Order } from "../../src/order/order.ts";
import { hourMs, inHours, type LedgerCommand, type SignalCommand } from "./ledger-command.ts";

type GateCommand = Extract<
  LedgerCommand,
  { ask: "enter" | "leave" | "hear" | "take slot" | "tend" | "probe soon" }
>;

const account = "office:1";
const limited = (isLimited: boolean) => (isLimited ? { concurrent: 1 } : {});

export async function askOfGate(
  gates: Gates,
  passes: Pass[],
  command: GateCommand,
  orderOf: (order: number) => Order,
): Promise<unknown> {
  switch (command.ask) {
    case "enter": {
      const { reference } = orderOf(command.order);
      const step = { run: `${reference}-paid`, name: command.step };
      const entry = await gates.enter({
        ...{ account, step, limits: limited(command.isLimited), subject: orderSubject(reference) },
        ...{ holder: `${step.run}/${step.name}`, visit: `visit ${passes.length}` },
        ...{ exclusive: command.exclusive, staysMs: command.hours * hourMs, probeInMs: hourMs },
      });
      if (entry.kind === "in") passes.push(entry.pass);
      return entry.kind;
    }
    case "leave": {
      const pass = passes.at(-1 - command.nth);
      return pass && gates.leave(pass, signalOf(command.signal));
    }
    case "hear": {
      const signal = signalOf(command.signal);
      for (let i = 0; signal && i < command.count; i++) await gates.hear(account, {}, signal);
      return gates.isMinded(account);
    }
    case "take slot": {
      const pass = passes.at(-1 - command.nth);
      return pass && "slot" in (await gates.takeSlot(pass, pass.slot));
    }
    case "tend": {
      const { breaker, waiting, lookAgainInMs } = await gates.tend(
        account,
        limited(command.isLimited),
      );
      return [breaker.state, breaker.outages, waiting, lookAgainInMs && inHours(lookAgainInMs)];
    }
    case "probe soon":
      return gates.probeSoon(command.isOfAll ? undefined : account);
  }
}

function signalOf(signal: SignalCommand): Signal | undefined {
  switch (signal) {
    case "nothing":
      return undefined;
    case "good":
      return { kind: "good" };
    case "throttled":
      return { kind: "throttled", holdMs: hourMs };
    default: {
      const isRefusal = signal === "refused";
      const why = {
        cause: isRefusal ? "auth.refused" : "provider.outage",
        message: signal,
        isRefusal,
      };
      return { kind: "bad", why, probeInMs: hourMs };
    }
  }
}
