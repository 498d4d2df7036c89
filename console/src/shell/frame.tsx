import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { words } from "../language/words.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { moveAlongRows, type Shortcuts, useLastKey, useShortcuts } from "./keyboard.ts";
import { LiveBar } from "./live-bar.tsx";
import { pages } from "./pages.ts";
import { SandboxBand } from "./sandbox-band.tsx";
import { ToldBar } from "./told-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { useColourScheme } from "./use-colour-scheme.ts";
import { useGo } from "./use-go.ts";

const CommandPalette = lazy(() => import("./command-palette.tsx"));
const KeyboardHelp = lazy(() => import("./keyboard-help.tsx"));

export function Frame() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  const [opened, setOpened] = useState<"commands" | "help" | undefined>();
  useFrameKeys(setOpened);
  // Who came by a link is put at the beginning of the new page, as by a real load.
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  const close = () => setOpened(undefined);
  return (
    <>
      <a className="skip-link" href="#main">
        {words().shell.skip}
      </a>
      <TopBar onHelp={() => setOpened("help")} onCommands={() => setOpened("commands")} />
      <LiveBar />
      <SandboxBand />
      <main id="main" className="inner" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <ToldBar />
      <BottomBar />
      <Suspense>
        {opened === "commands" && (
          <CommandPalette onClose={close} onHelp={() => setOpened("help")} />
        )}
        {opened === "help" && <KeyboardHelp onClose={close} />}
      </Suspense>
    </>
  );
}

function useFrameKeys(open: (what: "commands" | "help") => void): void {
  const go = useGo();
  const { toggle } = useColourScheme();
  useLastKey();
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      ...Object.fromEntries(pages.map(({ keys, to }) => [keys, () => go(to)])),
      "/": () => document.querySelector<HTMLInputElement>("[data-search]")?.focus(),
      "?": () => open("help"),
      d: toggle,
      j: () => moveAlongRows(1),
      k: () => moveAlongRows(-1),
    }),
    [go, open, toggle],
  );
  useShortcuts(shortcuts);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open("commands");
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [open]);
}
