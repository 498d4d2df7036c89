import { Link } from "@tanstack/react-router";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { firstPages, pagesBehindMore } from "./pages.ts";
import { usePageTitle } from "./use-page-title.ts";

/** The whole navigation as a page, for the phone. */
export function MorePage() {
  const { shell } = words();
  const hasLab = useIsSimulated("payments");
  usePageTitle(shell.more);
  return (
    <>
      <h1>{shell.more}</h1>
      <ul className="more-list panel">
        {[...firstPages.slice(3), ...pagesBehindMore(hasLab)].map(({ key, to }) => (
          <li key={key}>
            <Link to={to}>{shell[key]}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
