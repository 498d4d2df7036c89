// A PostgreSQL server, reached through a pool of connections.
import { hostname } from "node:os";
import pg from "pg";
import type { Database, Queryable } from "./database.ts";
import { decoderOf } from "./decode-value.ts";
import { DatabaseUnavailable, isUnavailable } from "./errors.ts";
import { postgresListener } from "./postgres-listener.ts";
import { type PostgresSession, postgresSession, statementLimitMs } from "./postgres-session.ts";
import { statementNames } from "./statement-names.ts";
import { transactions } from "./transaction.ts";

export interface PostgresOptions {
  /** Connections for statements; listening takes one more. */
  readonly max?: number;
}

const oldestVersion = 13;

/** Names this process to the server, which keeps 63 bytes: who else is there is seen by it. */
const ownName = `ordna ${process.pid} on ${hostname()}`.slice(0, 60);

/**
 * `url` is postgres://user:password@host:port/database; TLS by its `sslmode` (`verify-full` with
 * `sslrootcert` is the safe one). LISTEN and prepared statements need a real session: PgBouncer
 * only in session mode.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Database> {
  const where = serverOf(url);
  const config = clientConfig(url);
  const pool = new pg.Pool({ ...config, max: options.max ?? 10, onConnect: speakAlike });
  // A connection that is lost while nobody uses it is replaced by the pool; unheard, the event ends
  // the process.
  pool.on("error", () => {});
  // The pool stops listening while a connection is in use; whoever uses it gets the error from its
  // statement.
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
    connectionString: withoutName(url),
    application_name: ownName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementLimitMs,
    // Later than our own limit of an idle transaction, for the case that this process hangs.
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types: { getTypeParser: (oid: number) => decoderOf(oid) },
  };
}

/** A name in the address would win over ours, and two processes would look like one. */
function withoutName(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed?.searchParams.has("application_name")) return url;
  parsed.searchParams.delete("application_name");
  return parsed.href;
}

/** What decode-value.ts relies on, whatever the server's own settings are. */
async function speakAlike(client: pg.ClientBase): Promise<void> {
  await client.query("set time zone 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex'");
}

/**
 * Host, port and database of a URL, without its password; the URL itself must not get into any
 * message.
 */
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
  const problem = versionProblem(version, where);
  if (problem) throw new Error(problem);
}

export function versionProblem(version: string, where: string): string | undefined {
  if (Number.parseInt(version, 10) >= oldestVersion) return undefined;
  return `PostgreSQL at ${where} is version ${version}; Ordna needs ${oldestVersion} or newer.`;
}

function serve(pool: pg.Pool, config: pg.ClientConfig): Database {
  const { refuseInside, begin } = transactions();
  const listener = postgresListener(config);
  const nameOf = statementNames();

  const begun = new Set<Promise<unknown>>();
  let isClosed = false;

  async function withClient<T>(work: (session: PostgresSession) => Promise<T>, limitMs?: number) {
    if (isClosed) throw new DatabaseUnavailable("The database is closed.");
    const answer = onClient(work, limitMs);
    begun.add(answer);
    return answer.finally(() => begun.delete(answer));
  }

  async function onClient<T>(work: (session: PostgresSession) => Promise<T>, limitMs?: number) {
    const client = await pool.connect();
    const session = postgresSession(client, nameOf, limitMs);
    try {
      return await work(session);
    } finally {
      client.release(session.isBroken());
    }
  }

  const query: Queryable["query"] = async (text, values) => {
    refuseInside();
    const { rows, rowCount } = await withClient(({ run }) => run(text, values));
    // The row type is the caller's claim: see Queryable.
    return { rows: rows as never[], rowCount };
  };
  return {
    kind: "postgres",
    query,
    transaction: async (work, { longestStatementMs } = {}) => {
      refuseInside();
      return withClient(({ run, broken }) => {
        return begin(run, (tx) => patiently(tx, longestStatementMs, work), broken);
      }, longestStatementMs);
    },
    listen: (channel, heard) => listener.listen(channel, heard),
    close: async () => {
      refuseInside();
      isClosed = true;
      await listener.close();
      // A pool that ends forgets those who still wait for a connection.
      await Promise.allSettled(begun);
      if (!pool.ending) await pool.end();
    },
  };
}

async function patiently<T>(
  tx: Queryable,
  limitMs: number | undefined,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  if (limitMs !== undefined) {
    await tx.query("select set_config('statement_timeout', $1, true)", [`${Math.ceil(limitMs)}`]);
  }
  return work(tx);
}
