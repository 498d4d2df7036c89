// What `ordna conformance examples/own-connector/conformance.ts` runs: one suite for every action.
import { callTo, conformanceSuite } from "../../src/connector-kit/conformance.ts";
import { anOrder } from "../../src/connector-kit/sample-order.ts";
import { memoryKit, type Simulator } from "../../src/connector-kit/simulator.ts";
import { warehouse } from "./warehouse.ts";

/** A warehouse of our own, and the actions that are wired to it. */
export function openWarehouse() {
  const connector = warehouse({ url: "https://packing.example" });
  const simulator = connector.simulate(memoryKit());
  const wiring = {
    hosts: connector.hosts,
    secrets: simulator.secrets,
    // In the suite no time passes, so a look-up that lags could never succeed.
    connection: {
      ...connector.connection,
      provider: "warehouse",
      simulated: true,
      maxServerMs: simulator.maxServerMs,
      maxLagMs: 0,
    },
    tokens: { read: async () => undefined, write: async () => true },
  };
  return { connector, simulator, wiring, worklist: connector.connect(wiring) };
}

export const order = anOrder();
export const shipped = { trackingNumber: "00373500000000000001", invoiceNumber: "1001" };

const jobs = (simulator: Simulator) => simulator.records().length;
const packed = (simulator: Simulator) =>
  simulator.records().filter(({ fields }) => fields.parcel !== undefined).length;

export const conformance = [
  conformanceSuite("warehouse.row", () => {
    const { simulator, worklist } = openWarehouse();
    return { action: worklist.row, input: { order }, simulator, count: jobs };
  }),
  conformanceSuite("warehouse.updateRow", async () => {
    const { simulator, worklist } = openWarehouse();
    const { rowId } = await worklist.row.run({ order }, callTo(simulator));
    const input = { order, rowId, ...shipped };
    return { action: worklist.updateRow, input, simulator, count: packed };
  }),
];
