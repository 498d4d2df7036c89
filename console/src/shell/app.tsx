import { useEffect, useRef } from "react";
import { OrderPage } from "../order-page/order-page.tsx";
import { OrdersPage } from "../orders-page/orders-page.tsx";
import { useAddress } from "../router/address.ts";
import { Link } from "../router/link.tsx";
import { parseRoute, type Route } from "../router/route.ts";
import { LiveBar } from "./live-bar.tsx";
import { LiveSwitch } from "./live-switch.tsx";
import { SandboxBand } from "./sandbox-band.tsx";
import { usePageTitle } from "./use-page-title.ts";

export function App() {
  const route = parseRoute(useAddress());
  const place = route.page === "order" ? route.reference : route.page;
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place);
  // Who came by a link is put at the beginning of the new page, as by a real load.
  useEffect(() => {
    if (shown.current !== place) main.current?.focus({ preventScroll: true });
    shown.current = place;
  }, [place]);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <div className="inner">
          <Link to="/" className="name">
            Ordna
          </Link>
          <LiveSwitch />
        </div>
      </header>
      <LiveBar />
      <SandboxBand />
      <main id="main" className="inner" ref={main} tabIndex={-1}>
        <Page key={place} route={route} />
      </main>
    </>
  );
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case "orders":
      return <OrdersPage show={route.show} />;
    case "order":
      return <OrderPage reference={route.reference} />;
    case "missing":
      return <Missing />;
  }
}

function Missing() {
  usePageTitle("Not found");
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <Link to="/">All orders</Link>
      </p>
    </>
  );
}
