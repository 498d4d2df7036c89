import { Link } from "@tanstack/react-router";
import { words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { NavCount } from "./nav-count.tsx";

const places = [
  { key: "inbox", to: "/" },
  { key: "orders", to: "/orders" },
  { key: "print", to: "/print" },
] as const;

/** The navigation of a phone, where the thumb is. */
export function BottomBar() {
  const { shell } = words();
  return (
    <nav aria-label={shell.mainNavigation} className="bottom-bar">
      <ul>
        {places.map(({ key, to }) => (
          <li key={key}>
            <Link to={to} activeOptions={{ exact: to === "/" }}>
              <Icon name={key} />
              <span>
                {shell[key]} <NavCount of={key} />
              </span>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/more">
            <Icon name="more" />
            <span>{shell.more}</span>
          </Link>
        </li>
      </ul>
    </nav>
  );
}
