import { words } from "../language/words.ts";
import { stopTelling, tell, useTold } from "./told.ts";

/** The region is always there, so that a screen reader hears it change. */
export function ToldBar() {
  const told = useTold();
  const { deeds, shell } = words();
  const undo = () => {
    told?.undo?.();
    tell(deeds.undone);
  };
  return (
    <div className={told ? "told-bar" : ""}>
      <p role="status">{told?.text}</p>
      {told?.undo && (
        <button type="button" className="quiet" onClick={undo}>
          {deeds.undo}
        </button>
      )}
      {told && (
        <button type="button" className="quiet" onClick={stopTelling}>
          {shell.close}
        </button>
      )}
    </div>
  );
}
