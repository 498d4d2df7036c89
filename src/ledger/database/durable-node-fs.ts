import { closeSync, fsyncSync, openSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Options = Parameters<NodeFS["init"]>[1];
type Module = NonNullable<Options["preRun"]>[number] extends (module: infer M) => void ? M : never;

/**
 * What Emscripten's NODEFS keeps of an open file; `nfd` is the host's descriptor, absent for a
 * folder.
 */
interface Stream {
  readonly nfd?: number | null;
  readonly node: unknown;
}

/**
 * WASI's error number for input/output errors: PostgreSQL then stops instead of believing the disk.
 */
const ioError = 29;

/**
 * PGlite's file system with a real fsync. Emscripten's has none, so a commit was only in the host's
 * cache and a power cut lost acknowledged rows
 * (https://github.com/electric-sql/pglite/issues/1107). Needs `fsync=on` and
 * `wal_sync_method=fsync`: fdatasync does not reach this hook.
 */
export class DurableNodeFS extends NodeFS {
  #fsyncs = 0;
  #isDetached = false;
  #aborted: () => void;

  constructor(folder: string, aborted: () => void) {
    super(folder);
    this.#aborted = aborted;
  }

  /** How many times the host was told to put a file or folder on the disk. */
  get fsyncs(): number {
    return this.#fsyncs;
  }

  override async init(pglite: PGlite, options: Options): Promise<{ emscriptenOpts: Options }> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: Module) => this.#install(module)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun, onAbort: this.#aborted } };
  }

  /**
   * Takes the folder away from an instance that broke: whatever still runs in it can write no more.
   */
  detach(): void {
    if (this.#isDetached) return;
    this.#isDetached = true;
    const files = this.pg?.Module?.FS; // Absent when it broke before it began.
    files?.quit();
    files?.unmount(PGlite.paths.PGDATA);
  }

  #install(module: Module): void {
    const { NODEFS } = module;
    NODEFS.stream_ops.fsync = (stream: Stream): number => {
      try {
        this.#sync(stream.nfd ?? undefined, () => String(NODEFS.realPath(stream.node)));
        return 0;
      } catch {
        return ioError;
      }
    };
  }

  #sync(descriptor: number | undefined, path: () => string): void {
    if (descriptor !== undefined) {
      fsyncSync(descriptor);
    } else {
      const folder = openSync(path(), "r");
      try {
        fsyncSync(folder);
      } finally {
        closeSync(folder);
      }
    }
    this.#fsyncs += 1;
  }
}
