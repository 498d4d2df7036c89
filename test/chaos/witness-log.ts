// What the providers saw and hold, in one file that only grows. Nothing else is believed.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

export type Entry = { readonly atMs: number } & (
  | {
      readonly what: "paid";
      readonly reference: string;
      readonly email: string;
      readonly isFree: boolean;
    }
  /** Ordna said 2xx to an event of this order. */
  | { readonly what: "acknowledged"; readonly reference: string; readonly event: string }
  | {
      readonly what: "undelivered";
      readonly reference: string;
      readonly event: string;
      readonly why: string;
    }
  | {
      readonly what: "request";
      readonly provider: string;
      readonly reference: string;
      readonly request: string;
      /** A status, or what became of the answer. */
      readonly answer: string;
    }
  /** A record is new, or has changed. */
  | {
      readonly what: "holds";
      readonly provider: string;
      readonly kind: string;
      readonly id: string;
      /** Empty when the provider keeps none: then the e-mail address tells whose it is. */
      readonly reference: string;
      readonly email: string;
      readonly text: string;
    }
  | { readonly what: "mischief"; readonly provider: string; readonly kind: string }
);

export interface WitnessLog {
  write(entry: Entry): void;
  /** On disk before this returns. */
  swear(entry: Entry): void;
  close(): void;
}

export function openWitnessLog(file: string): WitnessLog {
  const descriptor = openSync(file, "a");
  const write = (entry: Entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`);
  return {
    write,
    swear(entry) {
      write(entry);
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}

export function readWitnessLog(file: string): Entry[] {
  const lines = readFileSync(file, "utf8").split("\n");
  // The witness may be writing: a line without its end is not there yet.
  return lines.slice(0, -1).map((line): Entry => JSON.parse(line));
}
