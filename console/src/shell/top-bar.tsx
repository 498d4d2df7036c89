import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { LiveSwitch } from "./live-switch.tsx";
import { NavCount } from "./nav-count.tsx";
import { firstPages, pagesBehindMore } from "./pages.ts";
import { ReaderMenu } from "./reader-menu.tsx";
import { SearchField } from "./search-field.tsx";

interface TopBarProps {
  readonly onHelp: () => void;
  readonly onCommands: () => void;
}

export function TopBar({ onHelp, onCommands }: TopBarProps) {
  const { shell } = words();
  const hasLab = useIsSimulated("payments");
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
              <Menu shadow="md" width={220} position="bottom-start">
                <Menu.Target>
                  <button type="button" className="nav-link">
                    {shell.more} <Icon name="down" />
                  </button>
                </Menu.Target>
                <Menu.Dropdown>
                  {pagesBehindMore(hasLab).map(({ key, to }) => (
                    <Menu.Item key={key} component={Link} to={to}>
                      {shell[key]}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
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
        <ReaderMenu onHelp={onHelp} />
      </div>
    </header>
  );
}
