export function buildConsole(): Promise<{
  readonly result: "missing" | "unchanged" | "built" | "failed";
  readonly output?: string;
}>;
