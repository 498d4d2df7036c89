import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { node24, root } from "./places.mjs";
import { whenOrphaned } from "./when-orphaned.mjs";

/** Becomes `ordna <args>` on Node 24 as nearly as it can: same terminal, same signals, same exit code. */
export function runOrdna(args) {
  const child = spawn(node24, [join(root, "src", "main.ts"), ...args], { stdio: "inherit" });
  // Ctrl-C in a terminal reaches the child by itself; a second copy would look like impatience.
  const signals = process.stdin.isTTY ? ["SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  if (process.stdin.isTTY) process.on("SIGINT", () => {});
  whenOrphaned(() => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`Ordna could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
