// Opens PGlite on a folder, and opens it again when it has stopped.
import { PGlite } from "@electric-sql/pglite";
import { DurableNodeFS } from "./durable-node-fs.ts";
import { DatabaseUnavailable } from "./errors.ts";
import { withoutWasmTiering } from "./lean-wasm.ts";
import { pgliteSession } from "./pglite-session.ts";
import type { Run } from "./transaction.ts";

export interface EmbeddedConnection {
  /** For one caller at a time. */
  readonly run: Run;
  /**
   * To be awaited at the begin of every turn: a session that stopped in an earlier turn is
   * replaced.
   */
  mend(): Promise<void>;
  fsyncs(): number;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly folder: string;
  readonly isDurable: boolean;
  readonly heard: (channel: string, payload: string) => void;
  /** After each opening but the first. */
  readonly reopened: (run: Run) => Promise<void>;
}

const settings = [
  // The only method that reaches DurableNodeFS.
  "wal_sync_method=fsync",
  "synchronous_commit=on",
  "full_page_writes=on",
  // The defaults are made for a server: 128 MB of buffers become 128 MB of this process.
  "shared_buffers=32MB",
  "max_connections=5",
  "maintenance_work_mem=32MB",
  // How much is replayed after a kill -9: less than half a second.
  "max_wal_size=64MB",
  "min_wal_size=16MB",
];

function startParams(isDurable: boolean): string[] {
  return [
    // -F would turn fsync off.
    ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
    ...[`fsync=${isDurable ? "on" : "off"}`, ...settings].flatMap((setting) => ["-c", setting]),
  ];
}

const stopped = "The embedded database stopped; it is opened again in a moment.";
/**
 * Opening takes a while in which nothing else happens, so it is not tried for every statement that
 * waits.
 */
const pauseMs = 1_000;

export async function connectEmbedded(options: ConnectionOptions): Promise<EmbeddedConnection> {
  let fsyncsBefore = 0;
  let current = await open(options);
  let notBefore = 0;

  async function reopen(): Promise<void> {
    if (performance.now() < notBefore) throw new DatabaseUnavailable(stopped);
    notBefore = performance.now() + pauseMs;
    // Never closed properly: that would let it write what it has in its broken memory. It is as if
    // killed.
    current.abandon();
    fsyncsBefore += current.fsyncs();
    current = await open(options);
    await options.reopened(current.run);
  }

  return {
    run: (text, values) => current.run(text, values),
    mend: async () => {
      if (current.hasStopped()) await reopen();
    },
    fsyncs: () => fsyncsBefore + current.fsyncs(),
    close: async () => (current.hasStopped() ? current.abandon() : current.close()),
  };
}

async function open({ folder, isDurable, heard }: ConnectionOptions) {
  let hasStopped = false;
  const fs = new DurableNodeFS(folder, () => {
    hasStopped = true;
  });
  const pglite = await start(folder, fs, startParams(isDurable));
  const run = pgliteSession(pglite, heard);
  const breathe = breathing();
  const guarded: Run = async (text, values) => {
    await breathe();
    if (hasStopped) throw new DatabaseUnavailable(stopped);
    try {
      const result = await run(text, values);
      if (hasStopped) throw new DatabaseUnavailable(stopped);
      return result;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) hasStopped = true;
      throw error;
    }
  };
  return {
    run: guarded,
    fsyncs: () => fs.fsyncs,
    hasStopped: () => hasStopped,
    close: () => pglite.close(),
    abandon: () => fs.detach(),
  };
}

async function start(folder: string, fs: DurableNodeFS, startParams: string[]): Promise<PGlite> {
  let lastWords = "";
  const onStderr = (line: string): boolean => {
    const [, words] = /(?:FATAL|PANIC): +(.+)/.exec(line) ?? [];
    if (words) lastWords = ` (${words})`;
    return false;
  };
  try {
    return await withoutWasmTiering(() => PGlite.create({ fs, startParams, onStderr }));
  } catch (error) {
    fs.detach();
    const why = error instanceof Error ? error.message : String(error);
    const sentence = `The embedded database in ${folder} cannot be opened: ${why}${lastWords}.`;
    throw new DatabaseUnavailable(sentence, { cause: error });
  }
}

const longestBreathMs = 8;

/**
 * PGlite answers in the same turn of the event loop, so a long line of statements would let nothing
 * else happen: no request would be accepted and no answer sent before the last of them.
 */
function breathing(): () => Promise<void> {
  let since: number | undefined;
  return async () => {
    if (since === undefined) {
      since = performance.now();
      setImmediate(() => {
        since = undefined;
      });
    } else if (performance.now() - since > longestBreathMs) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}
