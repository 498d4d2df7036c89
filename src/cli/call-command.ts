// A command that is one address of the API: what it asks, and which of the answer's fields a line shows.
import { type ArgsDef, defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer, type ServerCall } from "./server.ts";

export type Given = Readonly<Record<string, unknown>>;

interface Told {
  readonly name: string;
  readonly description: string;
  readonly args?: ArgsDef;
  readonly method?: ServerCall["method"];
  readonly path: (args: Given) => string;
  /** What of it is given goes into the query. */
  readonly query?: readonly string[];
  readonly body?: (args: Given) => Readonly<Record<string, unknown>>;
  /** The list in the answer, and the fields of each of its rows. Absent: the whole answer is printed. */
  readonly rows?: { readonly of: string; readonly show: readonly string[] };
}

const answer = z.record(z.string(), z.unknown());

export function callCommand(told: Told) {
  const { name, description, args = {}, method = "GET", path, query = [], body } = told;
  return defineCommand({
    meta: { name, description },
    args: { ...jsonArg, ...args },
    run: ({ args: given }) =>
      report(given.json === true, async () => {
        const asked = new URLSearchParams(
          query.flatMap((field) => (given[field] ? [[field, String(given[field])]] : [])),
        );
        const call = body ? { method, body: body(given) } : { method };
        const address = asked.size > 0 ? `${path(given)}?${asked}` : path(given);
        const json = await askServer(address, answer, call);
        return { isTrue: true, text: textOf(json, told.rows), json };
      }),
  });
}

export const segment = (value: unknown) => encodeURIComponent(String(value));

/** "a,b" as a list; undefined for nothing. */
export const listOf = (value: unknown) =>
  typeof value === "string" && value !== "" ? value.split(",").map((one) => one.trim()) : undefined;

function textOf(json: Given, rows: Told["rows"]): string {
  if (!rows) return JSON.stringify(json, null, 2);
  const list = json[rows.of];
  if (!Array.isArray(list) || list.length === 0) return "There is none.";
  return list.map((row) => rows.show.map((field) => inWords(at(row, field))).join("  ")).join("\n");
}

const at = (row: unknown, field: string): unknown =>
  typeof row === "object" && row !== null
    ? Object.entries(row).find(([key]) => key === field)?.[1]
    : undefined;

function inWords(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
