import { createContext, use } from "react";

export interface Live {
  readonly state: "connecting" | "live" | "lost" | "paused";
  /** Since when the page is not live; set while it is lost. */
  readonly lostSince: Date | undefined;
  pause(): void;
  goOn(): void;
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error("useLive is for what stands inside LiveProvider.");
  return live;
}
