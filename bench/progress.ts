// What the benchmark is doing, on stderr: stdout is for what it found.

export interface Progress {
  /** Tells what begins now; `count` of `total` are over. */
  begin(what: string): void;
  complain(what: string, error: unknown): void;
  readonly complaints: readonly string[];
}

export function progress(total: number): Progress {
  const begunMs = performance.now();
  const complaints: string[] = [];
  let begun = 0;
  return {
    complaints,
    begin(what) {
      begun += 1;
      const seconds = Math.round((performance.now() - begunMs) / 1000);
      process.stderr.write(`[${begun}/${total}, ${seconds} s] ${what}\n`);
    },
    complain(what, error) {
      const why = error instanceof Error ? error.message : String(error);
      complaints.push(`${what}: ${why}`);
      process.stderr.write(`  failed: ${why}\n`);
    },
  };
}
