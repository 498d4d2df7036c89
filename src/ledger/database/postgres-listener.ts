// The one connection that listens, which finds its way back whenever it is lost.
import pg from "pg";
import { DatabaseUnavailable } from "./errors.ts";
import { type Listeners, listeners, listenStatement, unlistenStatement } from "./listeners.ts";
import { takingTurns } from "./taking-turns.ts";

export interface PostgresListener {
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/**
 * A connection can be dead without a sign of it: a firewall forgets it, a machine loses its power.
 */
const beatMs = 30_000;
const answerWithinMs = 10_000;

export function postgresListener(config: pg.ClientConfig): PostgresListener {
  const heard = listeners();
  let connection: Promise<Connection> | undefined;
  let isClosed = false;
  let pauseMs = firstPauseMs;
  let retry: NodeJS.Timeout | undefined;

  function connected(): Promise<Connection> {
    connection ??= connect(config, heard, lost).catch((error) => {
      connection = undefined;
      throw error;
    });
    return connection;
  }

  function lost(): void {
    connection = undefined;
    if (!isClosed && heard.channels().length > 0) comeBackLater();
  }

  function comeBackLater(): void {
    clearTimeout(retry);
    // Not all clients of a restarted server at once.
    retry = setTimeout(comeBack, pauseMs * (0.5 + Math.random()));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  async function comeBack(): Promise<void> {
    try {
      await connected();
      pauseMs = firstPauseMs;
      heard.hearAll();
    } catch {
      if (!isClosed) comeBackLater();
    }
  }

  return {
    async listen(channel, listener) {
      if (isClosed) throw new DatabaseUnavailable("The database is closed.");
      const remove = heard.add(channel, listener);
      try {
        await (await connected()).run(listenStatement(channel));
      } catch (error) {
        remove();
        throw error;
      }
      return async () => {
        if (!remove() || isClosed) return;
        // A lost connection listens to nothing already.
        await connection?.then(({ run }) => run(unlistenStatement(channel))).catch(() => {});
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await connection?.then(({ end }) => end()).catch(() => {});
    },
  };
}

interface Connection {
  run(text: string): Promise<unknown>;
  end(): Promise<void>;
}

async function connect(
  config: pg.ClientConfig,
  heard: Listeners,
  lost: () => void,
): Promise<Connection> {
  const client = new pg.Client(config);
  const inTurn = takingTurns();
  const run = (text: string) =>
    inTurn(() => {
      const statement = { text, query_timeout: answerWithinMs };
      return client.query(statement);
    });
  client.on("error", () => {}); // "end" follows.
  client.on("notification", ({ channel, payload }) => heard.hear(channel, payload ?? ""));
  try {
    await client.connect();
    for (const channel of heard.channels()) await run(listenStatement(channel));
  } catch (error) {
    client.end().catch(() => {});
    throw error;
  }
  const beat = setInterval(() => {
    // Ending a connection that waits for an answer destroys it, which is what makes it come back.
    run("select 1").catch(() => client.end());
  }, beatMs).unref();
  client.once("end", () => {
    clearInterval(beat);
    lost();
  });
  return { run, end: () => client.end() };
}
