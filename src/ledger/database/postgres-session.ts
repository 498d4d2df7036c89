// Statements on one connection of the pool.
import pg from "pg";
import type { Value } from "./database.ts";
import { encodeValue } from "./encode-value.ts";
import { DatabaseUnavailable, isUnavailable } from "./errors.ts";
import type { Run, RunResult } from "./transaction.ts";

export const statementLimitMs = 30_000;

export type NameOf = (text: string) => string | undefined;

export interface PostgresSession {
  readonly run: Run;
  readonly broken: () => void;
  readonly isBroken: () => boolean;
}

export function postgresSession(
  client: pg.ClientBase,
  nameOf: NameOf,
  limitMs = statementLimitMs,
): PostgresSession {
  let isBroken = false;
  const broken = () => {
    isBroken = true;
  };
  const run: Run = async (text, values) => {
    if (isBroken) throw new DatabaseUnavailable("The connection to PostgreSQL was lost.");
    // The server keeps the limit, and may be gone: then we keep it.
    const config = { ...statement(text, values, nameOf), query_timeout: limitMs + 10_000 };
    try {
      return lastResult(await client.query(config));
    } catch (error) {
      const isStale = error instanceof pg.DatabaseError && error.routine === staleStatement;
      if (isStale || isLost(error)) broken();
      if (!isStale || client.getTransactionStatus() !== "I") throw error;
      return lastResult(await client.query({ ...config, name: "" }));
    }
  };
  return { run, broken, isBroken: () => isBroken };
}

/** A migration changed what a prepared statement returns; said before anything is done. */
const staleStatement = "RevalidateCachedQuery";

/**
 * A statement that fails leaves its connection usable; a FATAL error or a silent server does not.
 */
function isLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /FATAL|PANIC/.test(error.severity ?? "");
  return isUnavailable(error);
}

function statement(
  text: string,
  values: readonly Value[] | undefined,
  nameOf: NameOf,
): pg.QueryConfig {
  const wellFormed = text.toWellFormed();
  if (!values) return { text: wellFormed };
  const name = nameOf(text);
  return { text: wellFormed, values: values.map(encodeValue), ...(name ? { name } : {}) };
}

/** Several statements at once give several results, which pg's types do not say. */
function lastResult(answer: pg.QueryResult | readonly pg.QueryResult[]): RunResult {
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  return {
    rows: last?.rows ?? [],
    rowCount: last?.rowCount ?? 0,
    command: last?.command ?? "",
  };
}
