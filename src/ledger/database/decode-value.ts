import { readArray } from "./read-array.ts";

export type Decode = (text: string) => unknown;

/**
 * Reads the text of one column, by the object id of its type (fixed numbers of PostgreSQL's
 * pg_type).
 */
export function decoderOf(oid: number): Decode {
  return decoders.get(oid) ?? asIs;
}

const asIs: Decode = (text) => text;

function integer(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${text} is too large for a number: select the column as text.`);
}

// "2026-11-23 16:39:35.11+00", always in UTC: both databases are told so when they are opened.
function time(text: string): Date {
  const value = new Date(`${text.replace(" ", "T").replace(/\+00$/, "")}Z`);
  if (!Number.isNaN(value.getTime())) return value;
  throw new RangeError(`${text} is not a time that a Date can hold: select the column as text.`);
}

// A copy, because a small Buffer is a window on memory shared with other Buffers.
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), "hex"));

const json: Decode = (text) => JSON.parse(text);

const boolean = (text: string): boolean => text === "t";

/** [type, its array type, decoder] */
const types: readonly (readonly [number, number, Decode])[] = [
  [16, 1000, boolean],
  [17, 1001, bytes],
  [20, 1016, integer],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, asIs],
  [26, 1028, Number],
  [114, 199, json],
  [700, 1021, Number],
  [701, 1022, Number],
  [1043, 1015, asIs],
  [1082, 1182, asIs],
  [1184, 1185, time],
  [1700, 1231, asIs],
  [2950, 2951, asIs],
  [3802, 3807, json],
];

const decoders: ReadonlyMap<number, Decode> = new Map(
  types.flatMap(([type, array, decode]): [number, Decode][] => [
    [type, decode],
    [array, (text) => readArray(text, decode)],
  ]),
);
