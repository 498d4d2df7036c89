import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { quietEnv } from "../../scripts/run-tests.mjs";

const root = join(import.meta.dirname, "../..");
const line = z.union([
  z.object({ name: z.string(), hasPassed: z.boolean() }),
  z.object({ file: z.string(), passed: z.number(), failed: z.number() }),
]);

/** Runs the files; resolves to how every test of them ended, by name: true where it passed. */
export async function runTestFiles(
  files: readonly string[],
  tell: (ended: { file: string; passed: number; failed: number }) => void,
): Promise<ReadonlyMap<string, readonly boolean[]>> {
  const outcomes = new Map<string, boolean[]>();
  if (files.length === 0) return outcomes;
  const reporter = pathToFileURL(join(import.meta.dirname, "test-outcomes.mjs")).href;
  const options = [
    "--test-concurrency=2",
    "--test-timeout=300000",
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
  ];
  const child = spawn(process.execPath, ["--test", ...options, ...files], {
    cwd: root,
    env: quietEnv(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  for await (const text of createInterface({ input: child.stdout })) {
    const said = line.parse(JSON.parse(text));
    if ("file" in said) tell({ ...said, file: relative(root, said.file) });
    else outcomes.set(said.name, [...(outcomes.get(said.name) ?? []), said.hasPassed]);
  }
  await ended;
  return outcomes;
}
