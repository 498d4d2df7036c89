// What was just decided, told in one place, with a way back for as long as that is cheap.
import { useSyncExternalStore } from "react";

export interface Told {
  readonly text: string;
  readonly undo: (() => void) | undefined;
}

const shownMs = 10_000;
let told: Told | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(next: Told | undefined): void {
  clearTimeout(timer);
  told = next;
  if (next) timer = setTimeout(() => show(undefined), shownMs);
  for (const listener of listeners) listener();
}

/** For ten seconds it can be undone. */
export const tell = (text: string, undo?: () => void): void => show({ text, undo });
export const stopTelling = (): void => show(undefined);

export const useTold = (): Told | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
