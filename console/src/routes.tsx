// Where every page is. The inbox, the orders and one order come with the first load; the others when they are opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { isView, type View } from "./api/use-orders.ts";
import { Frame } from "./shell/frame.tsx";
import { Missing } from "./shell/missing.tsx";

const root = createRootRoute({ component: Frame, notFoundComponent: Missing });
const at = { getParentRoute: () => root };

export interface OrdersSearch {
  readonly view?: View;
  readonly q?: string;
}

export const ordersRoute = createRoute({
  ...at,
  path: "/orders",
  validateSearch: (search: Record<string, unknown>): OrdersSearch => ({
    ...(isView(search.view) ? { view: search.view } : {}),
    // A number in the address is read as one.
    ...(search.q === undefined ? {} : { q: String(search.q).slice(0, 200) }),
  }),
  component: lazyRouteComponent(() => import("./orders-page/orders-page.tsx"), "OrdersPage"),
});

export const orderRoute = createRoute({
  ...at,
  path: "/orders/$reference",
  component: lazyRouteComponent(() => import("./order-page/order-page.tsx"), "OrderPage"),
});

const page = <P extends string>(
  path: P,
  component: Parameters<typeof createRoute>[0]["component"],
) => createRoute({ ...at, path, component });

const tree = root.addChildren([
  page(
    "/",
    lazyRouteComponent(() => import("./inbox-page/inbox-page.tsx"), "InboxPage"),
  ),
  ordersRoute,
  orderRoute,
  page(
    "/more",
    lazyRouteComponent(() => import("./shell/more-page.tsx"), "MorePage"),
  ),
  page(
    "/print",
    lazyRouteComponent(() => import("./print-page/print-page.tsx"), "PrintPage"),
  ),
  page(
    "/invoices",
    lazyRouteComponent(() => import("./invoices-page/invoices-page.tsx"), "InvoicesPage"),
  ),
  page(
    "/proof",
    lazyRouteComponent(() => import("./proof-page/proof-page.tsx"), "ProofPage"),
  ),
  page(
    "/providers",
    lazyRouteComponent(() => import("./providers-page/providers-page.tsx"), "ProvidersPage"),
  ),
  page(
    "/events",
    lazyRouteComponent(() => import("./events-page/events-page.tsx"), "EventsPage"),
  ),
  page(
    "/reports",
    lazyRouteComponent(() => import("./reports-page/reports-page.tsx"), "ReportsPage"),
  ),
  page(
    "/audit",
    lazyRouteComponent(() => import("./audit-page/audit-page.tsx"), "AuditPage"),
  ),
  page(
    "/settings",
    lazyRouteComponent(() => import("./settings-page/settings-page.tsx"), "SettingsPage"),
  ),
  page(
    "/settings/$section",
    lazyRouteComponent(() => import("./settings-page/settings-page.tsx"), "SettingsPage"),
  ),
  page(
    "/lab",
    lazyRouteComponent(() => import("./lab-page/lab-page.tsx"), "LabPage"),
  ),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  scrollRestoration: true,
  // What a reference or a search looks like is not JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined);
    const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
    return text === "" ? "" : `?${text}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
