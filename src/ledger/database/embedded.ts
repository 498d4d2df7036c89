// PostgreSQL inside this process: PGlite in a folder, made durable, guarded, and shaped like every
// other Database.

import { copyTree } from "./copy-tree.ts";
import type { Database, OnProgress, Queryable } from "./database.ts";
import { connectEmbedded } from "./embedded-connection.ts";
import { DatabaseUnavailable } from "./errors.ts";
import { listeners, listenStatement, unlistenStatement } from "./listeners.ts";
import { lockFolder } from "./pglite-lock.ts";
import { takingTurns } from "./taking-turns.ts";
import { type CopyOptions, copyTemplate, isEmpty, majorOf, serverMajor } from "./template.ts";
import { type Run, transactions } from "./transaction.ts";
import { vacuumWorn } from "./vacuum-worn.ts";

export interface EmbeddedOptions {
  /**
   * Beside it lie `<folder>.lock` and, for a moment, `<folder>.new`: it must not be a mount point
   * itself.
   */
  readonly folder: string;
  /** Keeps the template of a fresh database, for every database of this user. */
  readonly cacheFolder: string;
  readonly onProgress?: OnProgress;
  /** False for tests: everything is faster, and a power cut may take it all. */
  readonly isDurable?: boolean;
}

export interface EmbeddedDatabase extends Database {
  readonly kind: "embedded";
  /** How often the disk was told to keep what it has: must grow with every commit. */
  fsyncs(): number;
}

const vacuumEveryMs = 600_000;

export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const lock = await lockFolder(options.folder);
  try {
    const { folder } = lock;
    const isDurable = options.isDurable ?? true;
    await prepareFolder({ ...options, folder, isDurable });
    const { close, ...database } = await serve(folder, isDurable);
    return {
      ...database,
      close: async () => {
        if (await close()) await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function prepareFolder({ folder, ...options }: EmbeddedOptions & CopyOptions): Promise<void> {
  const major = await majorOf(folder);
  if (major === serverMajor) return;
  if (major !== undefined) {
    const made = `${folder} was made by PostgreSQL ${major}, and this program reads ${serverMajor}`;
    throw new Error(`${made}. Export it with the version of Ordna that wrote it.`);
  }
  if (!(await isEmpty(folder))) {
    throw new Error(
      `${folder} is not empty and holds no database. Set ORDNA_DATA to a new folder.`,
    );
  }
  await copyTemplate(folder, options);
}

async function serve(folder: string, isDurable: boolean) {
  const { refuseInside, begin } = transactions();
  const heard = listeners();
  const connection = await connectEmbedded({
    folder,
    isDurable,
    heard: heard.hear,
    reopened: async (run) => {
      for (const channel of heard.channels()) await run(listenStatement(channel));
      heard.hearAll();
    },
  });
  const inTurn = takingTurns();
  let isClosed = false;
  const own = <T>(work: (run: Run) => Promise<T>): Promise<T> => {
    return inTurn(async () => {
      if (isClosed) throw new DatabaseUnavailable("The embedded database is closed.");
      await connection.mend();
      return work(connection.run);
    });
  };
  const query: Queryable["query"] = async (text, values) => {
    refuseInside();
    const { rows, rowCount } = await own((run) => run(text, values));
    // The row type is the caller's claim: see Queryable.
    return { rows: rows as never[], rowCount };
  };
  // What cannot be vacuumed now is still there the next time.
  const vacuum = setInterval(() => vacuumWorn(query).catch(() => {}), vacuumEveryMs).unref();
  return {
    kind: "embedded" as const,
    fsyncs: connection.fsyncs,
    query,
    transaction: async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
      refuseInside();
      return own((run) => begin(run, work, () => {}));
    },
    listen: async (channel: string, listener: (payload: string) => void) => {
      refuseInside();
      const remove = heard.add(channel, listener);
      await query(listenStatement(channel)).catch((error) => {
        remove();
        throw error;
      });
      return async () => {
        if (remove() && !isClosed) await query(unlistenStatement(channel));
      };
    },
    copyTo: async <T>(to: string, look: (tx: Queryable) => Promise<T>): Promise<T> => {
      refuseInside();
      return own(async (run) => {
        const seen = await begin(run, look, () => {});
        // PGlite has no other process that writes: between two statements its files stand still.
        await run("checkpoint");
        await copyTree(folder, to);
        return seen;
      });
    },
    /** False when it was closed before. */
    close: async (): Promise<boolean> => {
      refuseInside();
      return inTurn(async () => {
        if (isClosed) return false;
        isClosed = true;
        clearInterval(vacuum);
        await connection.close();
        return true;
      });
    },
  };
}
