// Airtable as the worklist: one row an order, made and kept up by upsert on our reference.
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { rowOutput } from "../../connector-kit/outputs.ts";
import type { Worklist } from "../../connector-kit/roles.ts";
import type { Order } from "../../order/order.ts";
import {
  type AirtableOptions,
  type AirtableSettings,
  airtableSettings,
} from "./airtable-settings.ts";
import { type AirtableApi, countRows, upsertRow } from "./api.ts";
import { checkTable } from "./check-table.ts";
import { findTable } from "./find-table.ts";
import { type Fields, newRow, shippedRow } from "./order-row.ts";
import { sandboxTable } from "./sandbox-table.ts";
import { airtableSimulator } from "./simulator.ts";

export type { AirtableOptions } from "./airtable-settings.ts";

export function airtable(options: AirtableOptions): Connector<"worklist"> {
  const settings = airtableSettings(options);
  return {
    role: "worklist",
    provider: "airtable",
    connection: {
      account: `airtable:${settings.baseId}`,
      // 5 a second for the whole base, whoever asks.
      // https://airtable.com/developers/web/api/rate-limits
      limits: { concurrent: 5, perSecond: 5 },
      deadlineMs: 20_000,
      maxServerMs: 60_000,
      maxLagMs: 2_000,
    },
    secrets: { token: options.token },
    hosts: { api: "https://api.airtable.com" },
    connect: (wiring) => worklist(settings, wiring),
    check: (wiring, send) => checkTable(apiOf(settings, wiring, send), settings),
    setUp: (wiring, send) => findTable(apiOf(settings, wiring, send), settings),
    simulate: (kit) => airtableSimulator(kit, sandboxTable(settings)),
  };
}

function worklist(settings: AirtableSettings, wiring: Wiring): Worklist {
  const { connection } = wiring;
  const upsert = (order: Order, fields: Fields, call: Call) =>
    upsertOrder(apiOf(settings, wiring, call.send), settings, order.reference, fields);
  const told = <Input extends { order: Order }>(input: Input) => ({
    ...input,
    page: wiring.linkTo?.(input.order.reference),
  });
  return {
    row: {
      name: "airtable.row",
      ...rowAction(settings, connection),
      run: (input, call) => upsert(input.order, newRow(told(input), settings), call),
    },
    updateRow: {
      name: "airtable.updateRow",
      ...rowAction(settings, connection),
      run: (input, call) => upsert(input.order, shippedRow(told(input), settings), call),
    },
  };
}

/**
 * Airtable has no unique fields: two first upserts of one order that meet make two rows, and from
 * then on every upsert of that order fails. So an order's upserts never run side by side
 * (`exclusive`), and one with an unknown outcome is repeated only when the settle window has
 * passed.
 */
function rowAction(settings: AirtableSettings, connection: Connection) {
  const { baseId, tableId } = settings;
  return {
    connection,
    output: rowOutput,
    repeat: { how: "safe" },
    record: ({ rowId }) => ({ id: rowId }),
    exclusive: ({ order }) => `airtable:${baseId}/${tableId}:${order.reference}`,
  } satisfies Partial<Action<{ order: Order }, { rowId: string }>>;
}

async function upsertOrder(
  api: AirtableApi,
  settings: AirtableSettings,
  reference: string,
  fields: Fields,
): Promise<{ rowId: string }> {
  const { orderField, typecast } = settings;
  const answer = await upsertRow(api, { fields, mergeOn: orderField, typecast });
  if ("rowId" in answer) return answer;
  // How Airtable words "several rows match" is not documented, so a refused upsert is explained by
  // counting them.
  if (answer.refused.failure.cause !== "request.refused") throw answer.refused;
  const rows = (await countRows(api, orderField, reference)) ?? 0;
  if (rows < 2) throw answer.refused;
  const message =
    `Airtable has several rows with "${orderField}" ${reference}: ` +
    "delete all but one, then try again.";
  throw new ActionError("permanent", message, { cause: "record.exists_differently" });
}

function apiOf(settings: AirtableSettings, { hosts, secrets }: Wiring, send: Send): AirtableApi {
  return {
    baseId: settings.baseId,
    tableId: settings.tableId,
    host: hosts.api ?? "",
    token: secrets.token ?? "",
    send,
  };
}
