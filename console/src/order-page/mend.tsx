import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import type { Hold } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { type Shortcuts, useShortcuts } from "../shell/keyboard.ts";

const FixSheet = lazy(() => import("./fix-sheet.tsx"));
const SettleSheet = lazy(() => import("./settle-sheet.tsx"));

const isCorrection = ({ decision, fields }: Hold) =>
  (decision === "amend" || decision === "choose-service" || decision === "resend-email") &&
  fields.length > 0;

/** Whether there is more to do about it than to try again. */
export const mends = (hold: Hold): boolean => isCorrection(hold) || hold.isInDoubt;

interface MendProps {
  readonly order: OrderDetail;
  readonly hold: Hold;
}

/** The one button that mends this problem, named by its effect. */
export function Mend({ order, hold }: MendProps) {
  const { order: say } = words();
  const [isOpen, setOpen] = useState(false);
  const canMend = mends(hold);
  const shortcuts = useMemo<Shortcuts>(() => ({ e: () => setOpen(canMend) }), [canMend]);
  useShortcuts(shortcuts);
  if (!canMend) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} title="e">
        {hold.isInDoubt ? say.settle : buttonName(hold)}
      </Button>
      <Suspense>
        {isOpen && hold.isInDoubt && <SettleSheet order={order} hold={hold} onClose={close} />}
        {isOpen && !hold.isInDoubt && <FixSheet order={order} hold={hold} onClose={close} />}
      </Suspense>
    </>
  );
}

function buttonName({ cause, decision }: Hold): string {
  const { correct, correctThis } = words().order;
  if (decision === "choose-service") return correct.service;
  if (cause === "address.phone_required") return correct.phone;
  if (cause.startsWith("email.") || cause === "address.email_invalid") return correct.email;
  if (cause.startsWith("address.")) return correct.address;
  if (cause === "weight.missing") return correct.weight;
  if (cause === "vat.number_invalid") return correct.taxId;
  return correctThis;
}
