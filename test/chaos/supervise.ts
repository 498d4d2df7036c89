// One process of the shipped command line, and what a platform does for it: whenever it ends, it is started anew.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const main = new URL("../../src/main.ts", import.meta.url).pathname;

export interface Supervised {
  readonly name: string;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL for what does not end by itself. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Ends it for good. */
  end(): Promise<void>;
  /** How often it ended although nobody had asked for it, with the last code. */
  readonly ownEnds: readonly string[];
}

export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const restartAfterMs = 300;
const patienceMs = 40_000;

export function supervise({ name, args, env, logFile }: Program): Supervised {
  const log = createWriteStream(logFile, { flags: "a" });
  const ownEnds: string[] = [];
  let isOver = false;
  let isMeant = false;
  let child = start();

  function start(): ChildProcess {
    isMeant = false;
    const started = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    log.write(`--- started as ${started.pid} at ${new Date().toISOString()}\n`);
    for (const output of [started.stdout, started.stderr]) output?.pipe(log, { end: false });
    started.once("exit", (code, signal) => {
      log.write(`--- ended: ${signal ?? code} at ${new Date().toISOString()}\n`);
      if (!isMeant) ownEnds.push(String(signal ?? code));
      void restart();
    });
    return started;
  }

  async function restart(): Promise<void> {
    await sleep(restartAfterMs);
    if (!isOver) child = start();
  }

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  async function stop(): Promise<void> {
    if (hasEnded()) return;
    const stopped = child;
    const ended = once(stopped, "exit");
    isMeant = true;
    stopped.kill("SIGTERM");
    const isLate = await Promise.race([ended.then(() => false), sleep(patienceMs, true)]);
    if (!isLate) return;
    log.write("--- did not end by itself\n");
    ownEnds.push("did not end at SIGTERM");
    stopped.kill("SIGKILL");
    await ended;
  }

  return {
    name,
    ownEnds,
    signal(signal) {
      if (signal === "SIGKILL") isMeant = true;
      child.kill(signal);
    },
    stop,
    async end() {
      isOver = true;
      if (hasEnded()) return;
      const ended = once(child, "exit");
      isMeant = true;
      child.kill("SIGKILL");
      await ended;
      log.end();
    },
  };
}
