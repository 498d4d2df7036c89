// An order's delivery address as the judge reads it, and where each of its fields stands in the order.
import type { Order } from "../order/order.ts";
import type { AddressField, WrittenAddress } from "./address-codes.ts";

const at = (field: string) => `shipTo.address.${field}`;

export const orderFields: Readonly<Record<AddressField, string>> = {
  name: "shipTo.name",
  company: "shipTo.company",
  line1: at("line1"),
  line2: at("line2"),
  city: at("city"),
  postalCode: at("postalCode"),
  state: at("state"),
  country: at("country"),
  phone: "shipTo.phone",
  email: "buyer.email",
};

export function orderAddress({ shipTo, buyer }: Order): WrittenAddress {
  const { address = {} } = shipTo;
  return {
    name: shipTo.name ?? "",
    company: shipTo.company ?? "",
    line1: address.line1 ?? "",
    line2: address.line2 ?? "",
    city: address.city ?? "",
    postalCode: address.postalCode ?? "",
    state: address.state ?? "",
    country: address.country ?? "",
    phone: shipTo.phone ?? buyer.phone ?? "",
    email: buyer.email ?? "",
  };
}
