import { words } from "../language/words.ts";
import { useLive } from "../live/live-context.ts";

/** What updates by itself can be stopped, and goes on on demand. */
export function LiveSwitch() {
  const { state, pause, goOn } = useLive();
  const { shell } = words();
  const isPaused = state === "paused";
  return (
    <div className="live-switch">
      <span className={`live-word ${state}`}>{shell.live[state]}</span>
      <button type="button" className="quiet" onClick={isPaused ? goOn : pause}>
        {isPaused ? shell.goOn : shell.pause}
        <span className="visually-hidden"> {shell.updates}</span>
      </button>
    </div>
  );
}
