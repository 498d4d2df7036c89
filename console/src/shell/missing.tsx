import { Link } from "@tanstack/react-router";
import { words } from "../language/words.ts";
import { usePageTitle } from "./use-page-title.ts";

export function Missing() {
  const { shell } = words();
  usePageTitle(shell.noSuchPage);
  return (
    <>
      <h1>{shell.noSuchPage}</h1>
      <p>
        <Link to="/">{shell.toInbox}</Link>
      </p>
    </>
  );
}
