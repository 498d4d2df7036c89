import { useLive } from "../live/live-context.ts";

const words = { connecting: "Connecting", live: "Live", lost: "Not live", paused: "Paused" };

/** What updates by itself can be stopped, and goes on on demand. */
export function LiveSwitch() {
  const { state, pause, goOn } = useLive();
  const isPaused = state === "paused";
  return (
    <div className="live-switch">
      <span className={`live-word ${state}`}>{words[state]}</span>
      <button type="button" className="quiet" onClick={isPaused ? goOn : pause}>
        {isPaused ? "Go on" : "Pause"}
        <span className="visually-hidden"> updates</span>
      </button>
    </div>
  );
}
