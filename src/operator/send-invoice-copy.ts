// A person has the invoice sent once more, as a document alone.
import { type Asked, askFor } from "./ask-for.ts";
import type { Desk, OrderWish } from "./desk.ts";

const copy: Asked = {
  trigger: "invoice-copy",
  what: "invoice.copy",
  absent:
    'The configuration has no pipeline "invoice-copy": it says how the invoice is sent alone.',
  isRepeatable: true,
};

export const sendInvoiceCopy = (
  desk: Desk,
  wish: OrderWish & { readonly to?: string | undefined },
) => askFor(desk, copy, wish);
