// Connectors as they are first written, each with one mistake: `ordna conformance` has to find every one.
import { openWarehouse, order } from "../../examples/own-connector/conformance.ts";
import type { Action } from "../../src/connector-kit/action.ts";
import { ActionError } from "../../src/connector-kit/action-error.ts";
import { conformanceSuite } from "../../src/connector-kit/conformance.ts";
import type { Worklist } from "../../src/connector-kit/roles.ts";

type Row = Worklist["row"];

const broken = (name: string, breakIt: (row: Row) => Row) =>
  conformanceSuite(name, () => {
    const { simulator, worklist } = openWarehouse();
    const count = () => simulator.records().length;
    return { action: breakIt(worklist.row), input: { order }, simulator, count };
  });

export const conformance = [
  broken("hasty", (row) => ({ ...row, repeat: { how: "safe" } })),
  broken("blind", (row) => ({ ...row, repeat: { how: "look-first", find: async () => [] } })),
  broken("harsh", (row) => ({ ...row, run: deaf(row, "permanent") })),
  broken("careless", (row) => ({ ...row, run: deaf(row, "transient") })),
];

/** Every failure is one and the same to it. */
function deaf(
  row: Row,
  verdict: "permanent" | "transient",
): Action<{ order: typeof order }, { rowId: string }>["run"] {
  return async (input, call) => {
    try {
      return await row.run(input, call);
    } catch {
      throw new ActionError(verdict, "It did not work.", { cause: "unknown" });
    }
  };
}
