// The one connection that listens, which finds its way back whenever it is lost.
import pg from "pg";
import { DatabaseUnavailable } from "./errors.ts";
import { listeners, listenStatement, unlistenStatement } from "./listeners.ts";

export interface PostgresListener {
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** A connection can be dead without a sign of it: a firewall forgets it, a machine loses its power. */
const beatMs = 30_000;
const beatQuery = { text: "select 1", query_timeout: 10_000 };

export function postgresListener(config: pg.ClientConfig): PostgresListener {
  const heard = listeners((work) => work());
  let client: Promise<pg.Client> | undefined;
  let isClosed = false;
  let pauseMs = firstPauseMs;
  let retry: NodeJS.Timeout | undefined;

  function connected(): Promise<pg.Client> {
    client ??= connect(config, heard, lost);
    return client;
  }

  function lost(): void {
    client = undefined;
    if (isClosed || heard.channels().length === 0) return;
    clearTimeout(retry);
    // Not all processes of a restarted server's clients at once.
    retry = setTimeout(comeBack, pauseMs * (0.5 + Math.random()));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  async function comeBack(): Promise<void> {
    try {
      await connected();
      pauseMs = firstPauseMs;
      heard.hearAll();
    } catch {
      lost();
    }
  }

  return {
    async listen(channel, listener) {
      if (isClosed) throw new DatabaseUnavailable("The database is closed.");
      const remove = heard.add(channel, listener);
      try {
        await (await connected()).query(listenStatement(channel));
      } catch (error) {
        remove();
        throw error;
      }
      return async () => {
        if (!remove() || isClosed) return;
        // A lost connection listens to nothing already.
        await client?.then((one) => one.query(unlistenStatement(channel))).catch(() => {});
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await client?.then((one) => one.end()).catch(() => {});
    },
  };
}

async function connect(
  config: pg.ClientConfig,
  heard: ReturnType<typeof listeners>,
  lost: () => void,
): Promise<pg.Client> {
  const client = new pg.Client(config);
  let beat: NodeJS.Timeout | undefined;
  client.on("error", () => {}); // "end" follows.
  client.on("notification", ({ channel, payload }) => heard.hear(channel, payload ?? ""));
  try {
    await client.connect();
    for (const channel of heard.channels()) await client.query(listenStatement(channel));
  } catch (error) {
    client.end().catch(() => {});
    throw error;
  }
  client.once("end", () => {
    clearInterval(beat);
    lost();
  });
  beat = setInterval(() => {
    // Ending a connection that waits for an answer destroys it, which is what makes it come back.
    client.query(beatQuery).catch(() => client.end());
  }, beatMs).unref();
  return client;
}
