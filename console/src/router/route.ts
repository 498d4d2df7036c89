export const shows = ["all", "needs-you", "waiting", "in-progress", "done", "cancelled"] as const;

/** Which orders the list shows. */
export type Show = (typeof shows)[number];

export type Route =
  | { readonly page: "orders"; readonly show: Show }
  | { readonly page: "order"; readonly reference: string }
  | { readonly page: "missing" };

/** `address` is path and query: "/?show=done", "/orders/ABCDEFGHJK1234". */
export function parseRoute(address: string): Route {
  const { pathname, searchParams } = new URL(address, "http://page.invalid");
  if (pathname === "/") {
    const wanted = searchParams.get("show");
    return { page: "orders", show: shows.find((show) => show === wanted) ?? "all" };
  }
  const reference = /^\/orders\/([A-Z0-9]{10,20})\/?$/.exec(pathname)?.[1];
  return reference ? { page: "order", reference } : { page: "missing" };
}

export const addressOfList = (show: Show) => (show === "all" ? "/" : `/?show=${show}`);
export const addressOfOrder = (reference: string) => `/orders/${reference}`;
