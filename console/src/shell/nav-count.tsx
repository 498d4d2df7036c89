import { useCounts } from "../api/use-counts.ts";
import type { PageKey } from "./pages.ts";

/** How much waits behind a link; nothing when nothing does. */
export function NavCount({ of }: { readonly of: PageKey }) {
  const counts = useCounts().data;
  const count = of === "inbox" ? counts?.needsPerson : of === "print" ? counts?.unprinted : 0;
  return count ? <b className="nav-count">{count}</b> : null;
}
