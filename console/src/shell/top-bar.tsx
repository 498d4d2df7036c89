import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { LiveSwitch } from "./live-switch.tsx";
import { NavCount } from "./nav-count.tsx";
import { firstPages } from "./pages.ts";
import { SearchField } from "./search-field.tsx";

const MoreMenu = lazy(() => import("./more-menu.tsx"));
const ReaderMenu = lazy(() => import("./reader-menu.tsx"));

interface WhenAskedProps {
  readonly menu: ReactNode;
  readonly button: (ask: () => void) => ReactNode;
}

/** A menu is loaded when somebody wants it; until then its button stands there. */
function WhenAsked({ menu, button }: WhenAskedProps) {
  const [isAsked, setAsked] = useState(false);
  const shown = button(() => setAsked(true));
  return isAsked ? <Suspense fallback={shown}>{menu}</Suspense> : shown;
}

interface TopBarProps {
  readonly onHelp: () => void;
  readonly onCommands: () => void;
}

export function TopBar({ onHelp, onCommands }: TopBarProps) {
  const { shell } = words();
  return (
    <header className="top">
      <div className="inner">
        <Link to="/" className="name" aria-label={shell.home}>
          Ordna
        </Link>
        <nav aria-label={shell.mainNavigation} className="top-nav">
          <ul>
            {firstPages.map(({ key, to, keys }) => (
              <li key={key}>
                <Link
                  to={to}
                  className="nav-link"
                  title={keys}
                  activeOptions={{ exact: to === "/" }}
                >
                  {shell[key]} <NavCount of={key} />
                </Link>
              </li>
            ))}
            <li>
              <WhenAsked
                menu={<MoreMenu />}
                button={(ask) => (
                  <button type="button" className="nav-link" aria-haspopup="menu" onClick={ask}>
                    {shell.more} <Icon name="down" />
                  </button>
                )}
              />
            </li>
          </ul>
        </nav>
        <SearchField />
        <LiveSwitch />
        <ActionIcon
          variant="subtle"
          size="lg"
          className="desk-only"
          onClick={onCommands}
          aria-label={shell.commands}
          title={`${shell.commands} (Ctrl K)`}
        >
          <Icon name="command" />
        </ActionIcon>
        <WhenAsked
          menu={<ReaderMenu onHelp={onHelp} />}
          button={(ask) => (
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={shell.yours}
              aria-haspopup="menu"
              onClick={ask}
            >
              <Icon name="person" />
            </ActionIcon>
          )}
        />
      </div>
    </header>
  );
}
