// What goes wrong with an order on purpose, and how it looks when it did.
import type { PaymentSpec } from "../../src/connectors/stripe/payment-spec.ts";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";

const { buyer } = shoppers.finnish;

/** Two letters where digits belong: it is plain which code was meant. */
export const wrongPostalCode: Partial<PaymentSpec> & Pick<PaymentSpec, "buyer"> = {
  buyer: {
    ...buyer,
    email: "held@example.com",
    address: { ...buyer.address, postalCode: "331OO" },
  },
};

export const isHeld =
  (step: string) =>
  ({ steps }: OrderDetail): boolean =>
    steps.some(({ name, state }) => name === step && state === "attention");

export const isDone = ({ state }: OrderDetail): boolean => state === "done";
