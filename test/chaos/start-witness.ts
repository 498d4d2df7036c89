// The run's side of the witness's process.
import { fork } from "node:child_process";
import { join } from "node:path";
import type { WitnessStatus, WitnessWish } from "./witness.ts";

export interface Witness {
  ask(wish: WitnessWish): Promise<WitnessStatus>;
  close(): void;
}

export function startWitness(): Witness {
  const child = fork(join(import.meta.dirname, "witness.ts"), { execArgv: [] });
  const open = new Map<number, PromiseWithResolvers<WitnessStatus>>();
  let asked = 0;
  let isClosed = false;
  child.on("message", ({ id, status, error }: Answer) => {
    const wish = open.get(id);
    open.delete(id);
    if (status) wish?.resolve(status);
    else wish?.reject(new Error(`The witness failed: ${error}`));
  });
  child.on("exit", (code, signal) => {
    if (isClosed) return;
    // Without the witness nothing can be said about the run.
    process.stderr.write(`The witness ended (${signal ?? code}): this run proves nothing.\n`);
    process.exit(1);
  });
  return {
    ask(wish) {
      const id = asked++;
      const answer = Promise.withResolvers<WitnessStatus>();
      open.set(id, answer);
      child.send({ id, wish });
      return answer.promise;
    },
    close() {
      isClosed = true;
      child.disconnect();
    },
  };
}

interface Answer {
  readonly id: number;
  readonly status?: WitnessStatus;
  readonly error?: string;
}
