// Labels and invoices in a folder on this machine, or on a share that is mounted on it.
import { createHash } from "node:crypto";
import { statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { Connection, StoredFile } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { assertPdf } from "../../connector-kit/assert-pdf.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import { storedFileOutput } from "../../connector-kit/outputs.ts";
import type { Files } from "../../connector-kit/roles.ts";
import type { Simulator } from "../../connector-kit/simulator.ts";
import { codeOf, diskError } from "./disk-error.ts";
import { assertWritable, filePath, readInside, removeInside } from "./inside-folder.ts";
import { writeOnce } from "./write-once.ts";

export interface FolderOptions {
  /** Where the files are kept; made when it is missing. A relative path begins in Ordna's data folder. */
  readonly path: string;
}

const optionsSchema = z.strictObject({ path: z.string().min(1).max(1000) });

export function folder(options: FolderOptions): Connector<"files"> {
  if (!optionsSchema.safeParse(options).success) {
    throw new Error('folder({ path }): write where the files are kept, like "files".');
  }
  const rootIn = ({ dataFolder = "." }: Pick<Wiring, "dataFolder">) =>
    resolve(dataFolder, options.path);
  return {
    role: "files",
    provider: "folder",
    connection: {
      account: `folder:${options.path}`.slice(0, 200),
      // Ours: more writers at once only make one disk slower.
      limits: { concurrent: 4 },
      deadlineMs: 30_000,
      // A write that we lost sight of died with our process: nothing comes later, and a read sees it at once.
      maxServerMs: 0,
      maxLagMs: 0,
    },
    secrets: {},
    hosts: {},
    connect: (wiring) => files(rootIn(wiring), wiring.connection),
    check: async (wiring) => {
      const root = rootIn(wiring);
      try {
        await assertWritable(root);
        const { bavail, bsize } = await statfs(root);
        const gigabytes = Math.floor((bavail * bsize) / 1e9);
        return `The folder ${root} can be written; ${gigabytes} GB are free.`;
      } catch (thrown) {
        throw diskError(thrown);
      }
    },
    folderOf: rootIn,
    simulate: () => nothingToSimulate,
  };
}

function files(root: string, connection: Connection): Files {
  return {
    put: {
      name: "folder.put",
      connection,
      output: storedFileOutput,
      // A name is given once; a repeat finds its own bytes under it.
      repeat: { how: "safe" },
      record: (file) => ({ id: file.key }),
      run: async ({ key, document }) => {
        assertPdf(document);
        const { fileName, mediaType, bytes } = document;
        const file = { key, fileName, mediaType, size: bytes.length, sha256: sha256(bytes) };
        const path = filePath(root, key);
        const result = await writeOnce(root, path, bytes).catch(rethrow);
        if (result === "exists") assertSame(await readInside(root, path).catch(rethrow), file);
        return file;
      },
    },
    open: async (file) => {
      const bytes = await readInside(root, filePath(root, file.key)).catch((thrown) => {
        throw codeOf(thrown) === "ENOENT" ? missing(file.key) : diskError(thrown);
      });
      assertSame(bytes, file);
      return bytes;
    },
    remove: (file) => removeInside(root, filePath(root, file.key)).catch(rethrow),
  };
}

const rethrow = (thrown: unknown): never => {
  throw diskError(thrown);
};

function missing(key: string): ActionError {
  const message = `The file ${key} is not in the folder any more: restore it.`;
  return new ActionError("permanent", message, { cause: "request.refused" });
}

function assertSame(there: Uint8Array, file: StoredFile): void {
  if (there.length === file.size && sha256(there) === file.sha256) return;
  const message = `The folder holds something else under ${file.key}: compare the two before you remove one.`;
  throw new ActionError("permanent", message, { cause: "record.exists_differently" });
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A folder is always real; nothing is asked over HTTP. */
const nothingToSimulate: Simulator = {
  provider: "folder",
  secrets: {},
  maxServerMs: 0,
  maxLagMs: 0,
  fetch: async () => new Response("A folder has no address.", { status: 404 }),
  records: () => [],
  moods: {},
  setMood: () => {},
};
