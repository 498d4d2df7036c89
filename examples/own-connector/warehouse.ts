// A warehouse that packs what the worklist tells it: our words to theirs.
import type { Connector, Secret, Wiring } from "../../src/connector-kit/connector.ts";
import { secret } from "../../src/connector-kit/connector.ts";
import type { Send } from "../../src/connector-kit/http.ts";
import { rowOutput } from "../../src/connector-kit/outputs.ts";
import type { Worklist } from "../../src/connector-kit/roles.ts";
import type { Order } from "../../src/order/order.ts";
import {
  createJob,
  findJobs,
  type Job,
  setParcel,
  type WarehouseApi,
  whoAmI,
} from "./warehouse-api.ts";
import { simulateWarehouse } from "./warehouse-simulator.ts";

export interface WarehouseOptions {
  /** The warehouse's base URL. */
  readonly url: string;
  /** Default: `secret("WAREHOUSE_TOKEN")`. */
  readonly token?: Secret;
}

export function warehouse(options: WarehouseOptions): Connector<"worklist"> {
  if (!URL.canParse(options.url) || !options.url.startsWith("https://")) {
    throw new Error('warehouse({ url }): write the whole address, like "https://packing.example".');
  }
  return {
    role: "worklist",
    provider: "warehouse",
    connection: {
      account: `warehouse:${new URL(options.url).host}`,
      // "Ten requests a second" (the warehouse's manual, README.md).
      limits: { concurrent: 2, perSecond: 10 },
      deadlineMs: 15_000,
      // "A request is finished or dropped within 30 seconds."
      maxServerMs: 30_000,
      // "A new job is in the list at once."
      maxLagMs: 0,
    },
    secrets: { token: options.token ?? secret("WAREHOUSE_TOKEN") },
    hosts: { api: options.url.replace(/\/+$/, "") },
    connect: worklist,
    check: async (wiring, send) => `The warehouse knows us as ${await whoAmI(api(wiring, send))}.`,
    simulate: simulateWarehouse,
  };
}

function worklist(wiring: Wiring): Worklist {
  const { connection } = wiring;
  return {
    row: {
      name: "warehouse.row",
      connection,
      output: rowOutput,
      record: ({ rowId }) => ({ id: rowId }),
      repeat: {
        how: "look-first", // A job posted twice is packed twice; the list can be asked by our reference.
        find: async (_input, call) =>
          (await findJobs(api(wiring, call.send), call.reference)).map(row),
      },
      run: async ({ order }, call) =>
        row(
          await createJob(api(wiring, call.send), {
            reference: call.reference,
            lines: linesOf(order),
          }),
        ),
    },
    updateRow: {
      name: "warehouse.updateRow",
      connection,
      output: rowOutput,
      record: ({ rowId }) => ({ id: rowId }),
      // The same parcel set again changes nothing.
      repeat: { how: "safe" },
      run: async ({ rowId, trackingNumber, invoiceNumber }, call) =>
        row(await setParcel(api(wiring, call.send), rowId, { trackingNumber, invoiceNumber })),
    },
  };
}

const row = ({ id }: Job) => ({ rowId: id });

function linesOf(order: Order) {
  return order.lines.map(({ sku, description, quantity }) => ({
    item: sku ?? description,
    quantity,
  }));
}

function api({ hosts, secrets }: Wiring, send: Send): WarehouseApi {
  return { host: hosts.api ?? "", token: secrets.token ?? "", send };
}
