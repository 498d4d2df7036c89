// Writes down what a provider holds as soon as it holds it, and every request that spoke of an order.
import type { SimulatedRecord, Simulator } from "../../src/connector-kit/simulator.ts";
import type { LaggingKit } from "./lagging-kit.ts";
import type { MischiefOptions } from "./mischievous.ts";
import type { WitnessLog } from "./witness-log.ts";

type Keeper = Pick<MischiefOptions, "onWork" | "onAnswer">;

export function recordKeeper(
  simulator: Simulator,
  kit: LaggingKit,
  log: WitnessLog,
  atMs: () => number,
): Keeper {
  const { provider } = simulator;
  const known = new Map<string, string>();
  let changes = kit.changes;
  return {
    onWork() {
      if (kit.changes === changes) return;
      changes = kit.changes;
      for (const record of simulator.records()) {
        const { kind, id } = record;
        const text = textOf(record);
        if (text === undefined || known.get(`${kind}/${id}`) === text) continue;
        known.set(`${kind}/${id}`, text);
        const { reference } = record;
        const entry = { what: "holds", provider, kind, id, reference, text } as const;
        log.swear({ atMs: atMs(), ...entry, email: emailOf(record) });
      }
    },
    onAnswer(request, body, answer) {
      const { pathname, search } = new URL(request.url);
      const said = `${pathname}${search} ${body}`;
      const reference = /[0-9A-HJKMNP-TV-Z]{14}/.exec(said)?.[0] ?? "";
      const short = `${request.method} ${pathname}`.slice(0, 120);
      log.write({ atMs: atMs(), what: "request", provider, reference, request: short, answer });
    },
  };
}

/** What the judge has to read of a record; undefined when it is nobody's. */
function textOf({ kind, fields }: SimulatedRecord): string | undefined {
  switch (kind) {
    case "deal":
    case "row":
      return JSON.stringify(fields);
    case "invoice":
      return String(fields.number);
    case "contact":
    case "shipment":
    case "customer":
    case "payment":
    case "message":
      return "";
    default:
      return undefined;
  }
}

function emailOf({ fields }: SimulatedRecord): string {
  return String(fields.Email ?? fields.email ?? "").toLowerCase();
}
