// What the refresh token must be allowed, no more than these options need.
import type { ZohoSettings } from "./options.ts";

export function scopesFor({ details, salesOrders }: ZohoSettings): readonly string[] {
  return [
    "ZohoCRM.modules.contacts.ALL",
    "ZohoCRM.modules.deals.ALL",
    ...(details === "note" ? ["ZohoCRM.modules.notes.ALL"] : []),
    ...(salesOrders ? ["ZohoCRM.modules.salesorders.ALL", "ZohoCRM.modules.products.READ"] : []),
    "ZohoCRM.coql.READ",
    "ZohoCRM.settings.fields.READ",
  ];
}
