// The pages, where they are and in which order the navigation shows them.
export const pages = [
  { key: "inbox", to: "/", keys: "g i" },
  { key: "orders", to: "/orders", keys: "g o" },
  { key: "print", to: "/print", keys: "g p" },
  { key: "invoices", to: "/invoices", keys: "g v" },
  { key: "proof", to: "/proof", keys: "g c" },
  { key: "providers", to: "/providers", keys: "g r" },
  { key: "events", to: "/events", keys: "g e" },
  { key: "reports", to: "/reports", keys: "g t" },
  { key: "audit", to: "/audit", keys: "g a" },
  { key: "settings", to: "/settings", keys: "g s" },
  { key: "lab", to: "/lab", keys: "g l" },
] as const;

export type PageKey = (typeof pages)[number]["key"];
export const firstPages = pages.slice(0, 4);
const morePages = pages.slice(4);

/** The lab is for a shop with a simulated world. */
export const pagesBehindMore = (hasLab: boolean) =>
  morePages.filter(({ key }) => key !== "lab" || hasLab);
