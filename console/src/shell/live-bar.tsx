import { words } from "../language/words.ts";
import { useLive } from "../live/live-context.ts";
import { formatTime } from "../words/format-time.ts";
import { useNow } from "./use-now.ts";

/** Says when the page is not live. The region is always there, so that a screen reader hears it change. */
export function LiveBar() {
  const { lostSince } = useLive();
  const now = useNow();
  return (
    <div role="status" className={lostSince ? "live-bar" : ""}>
      {lostSince && <p>{words().shell.notLiveSince(formatTime(lostSince, now))}</p>}
    </div>
  );
}
