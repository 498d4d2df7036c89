// What the shop sells. The metadata is what Ordna reads: SKU, weight, and the tariff code for customs.
export const goods = [
  {
    id: "curtain",
    name: "Curtain 140 x 250",
    cents: 4990,
    metadata: { sku: "CUR-140-250", weight_g: "1350", hs_code: "630392", origin_country: "EE" },
  },
  {
    id: "rail",
    name: "Curtain rail 2 m",
    cents: 1990,
    metadata: { sku: "RAIL-2M", weight_g: "900", hs_code: "830241", origin_country: "EE" },
  },
];

export const shippingCents = 690;
/** Where PostNord goes from Finland, and VAT is decided without customs. */
export const countries = ["FI", "SE", "EE", "DE", "DK"];
