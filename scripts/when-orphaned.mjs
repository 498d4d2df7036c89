/**
 * Calls `stop` once when npm's shell is gone. npm hands SIGTERM to that shell, and most shells die of it without a word
 * to us. Started without npm we may be meant to outlive our parent.
 */
export function whenOrphaned(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}
