import { spawn } from "node:child_process";
import { root } from "./places.mjs";

/** Runs a program to its end and keeps what it says. Resolves to its exit code and its output. */
export function runCaptured(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const finish = (code, more = "") =>
      resolve({ code, output: Buffer.concat(chunks).toString() + more });
    child.on("error", (error) => finish(127, `${program}: ${error.message}\n`));
    child.on("close", (code) => finish(code ?? 1));
  });
}
