import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useState } from "react";
import type { OrderDetail } from "../api/order-schema.ts";
import type { Deed } from "./deed.ts";

const DeedSheet = lazy(() => import("./sheets/deed-sheet.tsx"));
const DeedContext = createContext<(deed: Deed) => void>(() => {});

/** Opens the sheet of a decision. */
export const useDeeds = () => use(DeedContext);

interface DeedsProps {
  readonly order: OrderDetail;
  readonly children: ReactNode;
}

/** One sheet at a time, whichever button asked for it; the focus goes back to that button. */
export function Deeds({ order, children }: DeedsProps) {
  const [deed, setDeed] = useState<Deed | undefined>();
  const close = useCallback(() => setDeed(undefined), []);
  return (
    <DeedContext value={setDeed}>
      {children}
      <Suspense>{deed && <DeedSheet order={order} deed={deed} onClose={close} />}</Suspense>
    </DeedContext>
  );
}
