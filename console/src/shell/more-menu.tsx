import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { pagesBehindMore } from "./pages.ts";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";

/** Comes when it is asked for, and so is open at once. */
export default function MoreMenu() {
  const { shell } = words();
  const hasLab = useIsSimulated("payments");
  return (
    <Menu shadow="md" width={220} position="bottom-start" defaultOpened>
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
  );
}
