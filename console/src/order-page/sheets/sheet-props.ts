import type { OrderDetail } from "../../api/order-schema.ts";

export interface SheetProps {
  readonly order: OrderDetail;
  readonly onClose: () => void;
}

export interface StepSheetProps extends SheetProps {
  readonly step: string;
}
