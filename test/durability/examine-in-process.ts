// Opens a folder in a process of its own, because a database that is broken may take its process with it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Examined } from "./ledger-of-pairs.ts";

const writer = new URL("paired-writer.ts", import.meta.url).pathname;
const run = promisify(execFile);

/** Undefined when it cannot be opened. */
export async function examineInProcess(folder: string): Promise<Examined | undefined> {
  try {
    const { stdout } = await run(process.execPath, [writer, folder, "0"], { timeout: 60_000 });
    return JSON.parse(stdout.split("\n")[0] ?? "") as Examined; // as: the first line of paired-writer.ts
  } catch {
    return undefined;
  }
}
