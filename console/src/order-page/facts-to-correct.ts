// The facts that a correction asks for, as they stand.
import type { FieldToCorrect } from "../api/decide.ts";
import type { Facts } from "../api/facts-schema.ts";
import type { Correction } from "./deed.ts";

const addressFields = ["line1", "line2", "postalCode", "city", "country"] as const;

export function factsToCorrect(what: Correction, facts: Facts | undefined): FieldToCorrect[] {
  const { shipTo, buyer, taxIds = [], lines = [], service } = facts ?? {};
  const field = (path: string, value: string | number | undefined): FieldToCorrect => ({
    field: path,
    value: value ?? null,
    suggestion: null,
  });
  switch (what) {
    case "address":
      return [
        field("shipTo.name", shipTo?.name),
        ...addressFields.map((name) => field(`shipTo.address.${name}`, shipTo?.address?.[name])),
      ];
    case "email":
      return [field("buyer.email", buyer?.email)];
    case "phone":
      return [field("shipTo.phone", shipTo?.phone)];
    case "vatId":
      return [field("vatId", taxIds.find(({ type }) => type === "eu_vat")?.value)];
    case "weight":
      return lines.map((line) => field(`lines.${line.id}.weightGrams`, line.weightGrams));
    case "service":
      return [field("service", service)];
  }
}
