// A person has the way back booked, once, with a label for the customer.
import { type Asked, askFor } from "./ask-for.ts";
import type { Desk, OrderWish } from "./desk.ts";

const wayBack: Asked = {
  trigger: "return",
  what: "parcel.return",
  absent:
    'The configuration has no pipeline "return", or its carrier takes nothing back: book it there by hand.',
  isRepeatable: false,
};

export const bookReturn = (desk: Desk, wish: OrderWish) => askFor(desk, wayBack, wish);
