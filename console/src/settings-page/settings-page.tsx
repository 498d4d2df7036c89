import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { Loading } from "../shell/loading.tsx";
import { Missing } from "../shell/missing.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import "../style/office.css";

const sections = {
  shop: lazy(() => import("./shop-section.tsx")),
  pipeline: lazy(() => import("./pipeline-section.tsx")),
  letters: lazy(() => import("./letters-section.tsx")),
  people: lazy(() => import("./people-section.tsx")),
  account: lazy(() => import("./account-section.tsx")),
  keys: lazy(() => import("./keys-section.tsx")),
  hooks: lazy(() => import("./hooks-section.tsx")),
} as const;
type Section = keyof typeof sections;
const names = Object.keys(sections).filter(isSection);

function isSection(name: string): name is Section {
  return Object.hasOwn(sections, name);
}

/** The shop as it is configured, and who and what comes in. */
export function SettingsPage() {
  const { settings: say } = words();
  const { section: wanted = "shop" } = useParams({ strict: false });
  const isOwner = useForbidden("manage") === undefined;
  const isDeveloper = useForbidden("tech") === undefined;
  usePageTitle(say.title);
  if (!isSection(wanted)) return <Missing />;
  const isShown = (name: Section) =>
    name === "people" || name === "keys" ? isOwner : name !== "hooks" || isDeveloper;
  const Shown = sections[wanted];
  return (
    <>
      <h1>{say.title}</h1>
      <p className="intro">{say.intro}</p>
      <nav className="show-links" aria-label={say.title}>
        <ul>
          {names.filter(isShown).map((name) => (
            <li key={name}>
              {name === "shop" ? (
                <Link to="/settings" activeOptions={{ exact: true }}>
                  {say.sections[name]}
                </Link>
              ) : (
                <Link to="/settings/$section" params={{ section: name }}>
                  {say.sections[name]}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </nav>
      <Suspense fallback={<Loading />}>
        <Shown />
      </Suspense>
    </>
  );
}
