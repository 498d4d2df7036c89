// A PostgreSQL server, reached through a pool of connections.
import pg from "pg";
import type { Database, Queryable, Value } from "./database.ts";
import { decoderOf } from "./decode-value.ts";
import { encodeValue } from "./encode-value.ts";
import { DatabaseUnavailable, isUnavailable } from "./errors.ts";
import { postgresListener } from "./postgres-listener.ts";
import { statementNames } from "./statement-names.ts";
import { type Run, type RunResult, transactions } from "./transaction.ts";

export interface PostgresOptions {
  /** Connections for statements; listening takes one more. */
  readonly max?: number;
}

const oldestVersion = 13;

/**
 * `url` is postgres://user:password@host:port/database; TLS by its `sslmode` (`verify-full` with `sslrootcert` is
 * the safe one). LISTEN and prepared statements need a real session: PgBouncer only in session mode.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Database> {
  const where = serverOf(url);
  const config = clientConfig(url);
  const pool = new pg.Pool({ ...config, max: options.max ?? 10, onConnect: speakAlike });
  // A connection that is lost while nobody uses it is replaced by the pool; unheard, the event ends the process.
  pool.on("error", () => {});
  // The pool stops listening while a connection is in use; whoever uses it gets the error from its statement.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await refuseOldServer(pool, where);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return serve(pool, config);
}

function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: "ordna",
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    // Later than our own limit of an idle transaction, for the case that this process hangs.
    idle_in_transaction_session_timeout: 60_000,
    // A dead server or network is noticed; statement_timeout is kept by the server, which may be gone.
    query_timeout: 45_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types: { getTypeParser: (oid: number) => decoderOf(oid) },
  };
}

/** What decode-value.ts relies on, whatever the server's own settings are. */
async function speakAlike(client: pg.ClientBase): Promise<void> {
  await client.query("set time zone 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex'");
}

/** Host, port and database of a URL, without its password; the URL itself must not get into any message. */
function serverOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new Error("DATABASE_URL must look like postgres://user:password@host:5432/database.");
  }
  return `${parsed.host || "the local socket"}${parsed.pathname}`;
}

async function refuseOldServer(pool: pg.Pool, where: string): Promise<void> {
  let version: string;
  try {
    const { rows } = await pool.query<{ server_version: string }>("show server_version");
    version = rows[0]?.server_version ?? "";
  } catch (error) {
    const why = error instanceof Error ? error.message || String(Reflect.get(error, "code")) : "";
    const sentence = `PostgreSQL at ${where} cannot be used: ${why}.`;
    if (isUnavailable(error)) throw new DatabaseUnavailable(sentence, { cause: error });
    throw new Error(sentence, { cause: error });
  }
  if (Number.parseInt(version, 10) >= oldestVersion) return;
  throw new Error(
    `PostgreSQL at ${where} is version ${version}; Ordna needs ${oldestVersion} or newer.`,
  );
}

function serve(pool: pg.Pool, config: pg.ClientConfig): Database {
  const { refuseInside, begin } = transactions();
  const listener = postgresListener(config);
  const nameOf = statementNames();

  async function withClient<T>(work: (run: Run, broken: () => void) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let isBroken = false;
    const broken = () => {
      isBroken = true;
    };
    try {
      return await work(runOn(client, nameOf, broken), broken);
    } finally {
      client.release(isBroken);
    }
  }

  const query: Queryable["query"] = async (text, values) => {
    refuseInside();
    const { rows, rowCount } = await withClient((run) => run(text, values));
    // The row type is the caller's claim: see Queryable.
    return { rows: rows as never[], rowCount };
  };
  return {
    kind: "postgres",
    query,
    transaction: async (work) => {
      refuseInside();
      return withClient((run, broken) => begin(run, work, broken));
    },
    listen: (channel, heard) => listener.listen(channel, heard),
    close: async () => {
      refuseInside();
      await listener.close();
      if (!pool.ending) await pool.end();
    },
  };
}

function runOn(
  client: pg.ClientBase,
  nameOf: (text: string) => string | undefined,
  broken: () => void,
): Run {
  return async (text, values) => {
    try {
      return lastResult(await client.query(statement(text, values, nameOf)));
    } catch (error) {
      // A statement that was prepared before a migration is no longer valid: the next connection prepares it anew.
      if (error instanceof pg.DatabaseError && error.routine === "RevalidateCachedQuery") broken();
      if (isUnavailable(error)) broken();
      throw error;
    }
  };
}

function statement(
  text: string,
  values: readonly Value[] | undefined,
  nameOf: (text: string) => string | undefined,
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
