import { words } from "../language/words.ts";

/** Shown only when loading takes longer than a blink; the style sheet holds it back. */
export function Loading() {
  return (
    <p className="loading" role="status">
      {words().shell.loading}
    </p>
  );
}
