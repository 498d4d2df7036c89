// Listens to which orders changed, and comes back by itself when the line is lost.
import { text, z } from "../api/jitless-zod.ts";

export interface StreamListener {
  readonly onLive: () => void;
  readonly onLost: () => void;
  readonly onChanged: (references: readonly string[]) => void;
}

const references = z.array(text(50)).check(z.maxLength(100_000));
/** The server says "beat" every 15 s: a line that is silent for so long is dead. */
const silenceMs = 40_000;
const longestPauseMs = 15_000;

export function openChangeStream(listener: StreamListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let losses = 0;

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const lost = () => {
    close();
    listener.onLost();
    timer = setTimeout(open, Math.min(1000 * 2 ** losses, longestPauseMs));
    losses += 1;
  };
  const heard = () => {
    losses = 0;
    clearTimeout(timer);
    timer = setTimeout(lost, silenceMs);
  };
  function open() {
    source = new EventSource("/api/stream");
    timer = setTimeout(lost, silenceMs);
    let isLive = false;
    source.addEventListener("beat", () => {
      heard();
      // Only the first beat says that the server listens for changes; headers come earlier.
      if (!isLive) listener.onLive();
      isLive = true;
    });
    source.addEventListener("changed", ({ data }) => {
      heard();
      listener.onChanged(references.parse(JSON.parse(data)));
    });
    // EventSource gives up for good on some answers and waits its own time on others.
    source.addEventListener("error", lost);
  }
  open();
  return close;
}
