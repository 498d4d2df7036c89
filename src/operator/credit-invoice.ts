// A person has the invoice credited, once: the money went back, or will.
import { type Asked, askFor } from "./ask-for.ts";
import type { Desk, OrderWish } from "./desk.ts";

const credit: Asked = {
  trigger: "credit",
  what: "invoice.credit",
  absent:
    'The configuration has no pipeline "credit", or its accounting cannot credit: do it there by hand.',
  isRepeatable: false,
};

export const creditInvoice = (desk: Desk, wish: OrderWish) => askFor(desk, credit, wish);
