// A Node process of the benchmark's own, which says a line when it has something to say.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "../../scripts/places.mjs";

export interface Child {
  /** Of the shell that holds it: what is measured is its tree. */
  readonly pid: number;
  /** The next line that it says. Rejects when it ends, or says nothing for `withinMs`. */
  nextLine(withinMs?: number): Promise<string>;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  /** For Node itself. */
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

// Whatever we start ends with us, however we end: the shell's input ends, and its second half stops the program.
const leash = `
exec 3<&0
"$@" < /dev/null & pid=$!
(cat <&3 > /dev/null; kill -s TERM $pid) > /dev/null 2>&1 &
wait $pid
`;

export function startChild(script: string, options: ChildOptions = {}): Child {
  const { args = [], flags = [], env, cwd = root } = options;
  const command = [process.execPath, ...flags, script, ...args];
  const child = spawn("sh", ["-c", leash, "sh", ...command], {
    cwd,
    env: env ?? process.env,
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that nothing of it outlives a kill.
    detached: true,
  });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints = (complaints + chunk).slice(-4000);
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", (error) => {
      complaints += error.message;
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    async nextLine(withinMs = 60_000) {
      const said = await Promise.race([lines.next(), silence(withinMs)]);
      if (said === "silent") {
        kill();
        throw new Error(`${script} said nothing for ${withinMs / 1000} s.\n${complaints}`);
      }
      if (!said.done) return said.value;
      await gone;
      throw new Error(`${script} ended too early.\n${complaints}`);
    },
    async stop() {
      child.stdin.end();
      const isGone = await Promise.race([gone, silence(10_000)]);
      if (isGone === "silent") kill();
      await gone;
    },
  };
}

function silence(ms: number): Promise<"silent"> {
  return new Promise((resolve) => {
    setTimeout(() => resolve("silent"), ms).unref();
  });
}
