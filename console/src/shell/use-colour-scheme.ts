import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useCallback } from "react";

/** As the system until the reader chooses; the browser keeps the choice. */
export function useColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme("light");
  const toggle = useCallback(
    () => setColorScheme(shown === "dark" ? "light" : "dark"),
    [setColorScheme, shown],
  );
  return { scheme: colorScheme, choose: setColorScheme, toggle };
}
