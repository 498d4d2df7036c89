import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { node24, root } from "./places.mjs";
import { whenOrphaned } from "./when-orphaned.mjs";

/**
 * Becomes `ordna <args>` on Node 24 as nearly as it can: same terminal, same signals, same exit code. `comesBack`: it may
 * ask to be started again before it kills itself, as the lab of the sandbox does.
 */
export function runOrdna(args, { comesBack = false } = {}) {
  // With its database inside, the process is meant for a small machine: a small nursery costs little time and saves
  // 100 MB of memory in the demo.
  const flags = process.env.DATABASE_URL ? [] : ["--max-semi-space-size=4"];
  const main = join(root, "src", "main.ts");
  let child;
  const start = () => {
    const stdio = ["inherit", "inherit", "inherit", ...(comesBack ? ["ipc"] : [])];
    child = spawn(node24, [...flags, main, ...args], { stdio });
    let isToComeBack = false;
    child.on("message", (word) => {
      isToComeBack ||= word === "start me again";
    });
    child.on("error", (error) => {
      process.stderr.write(`Ordna could not be started: ${error.message}\n`);
      process.exit(1);
    });
    child.on("exit", (code, signal) => {
      if (!isToComeBack || signal !== "SIGKILL") {
        process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
      }
      process.stderr.write("\n  Killed in the middle of an order, by the lab. Starting again.\n\n");
      start();
    });
  };
  start();
  // Ctrl-C in a terminal reaches the child by itself; a second copy would look like impatience.
  const signals = process.stdin.isTTY ? ["SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  if (process.stdin.isTTY) process.on("SIGINT", () => {});
  whenOrphaned(() => child.kill("SIGTERM"));
}
