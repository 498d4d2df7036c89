// How commands speak: text for people, and with --json one JSON object on the last line for scripts.
export const jsonArg = {
  json: { type: "boolean", description: "Print one JSON object on the last line" },
} as const;

export interface Report {
  /** False makes the exit code 1. */
  readonly isTrue: boolean;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Runs a command's work and ends the way its result says. */
export async function report(
  isJson: boolean | undefined,
  work: () => Promise<Report>,
): Promise<void> {
  try {
    const { isTrue, text, json } = await work();
    if (text) say(text);
    if (isJson) say(JSON.stringify(json));
    process.exitCode = isTrue ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    if (isJson) say(JSON.stringify({ error: message }));
    process.exitCode = 1;
  }
}

// `ordna doctor | head -1`: whoever listened has heard enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}
