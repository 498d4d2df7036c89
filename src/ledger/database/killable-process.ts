// For tests: a process of its own that runs some code, talks by lines, and can be killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface KillableProcess {
  /** The next line that it says; "undefined" after its end. */
  line(): Promise<string>;
  /** Everything that it has said and nobody has read. */
  rest(): Promise<readonly string[]>;
  /** kill -9, not a polite stop. */
  kill(): Promise<void>;
}

export function startProcess(code: string): KillableProcess {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async () => String((await lines.next()).value),
    rest: async () => {
      const left: string[] = [];
      for await (const line of { [Symbol.asyncIterator]: () => lines }) left.push(line);
      return left;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** How the code of such a process names a module of this folder, quoted. */
export function moduleUrl(name: string): string {
  return JSON.stringify(new URL(name, import.meta.url).href);
}
