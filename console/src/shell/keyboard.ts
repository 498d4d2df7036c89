// Single keys that do something, and only outside of fields. They can be switched off (WCAG 2.1.4).
import { useEffect } from "react";

const kept = "ordna-shortcuts";

export const areShortcutsOn = (): boolean => localStorage.getItem(kept) !== "off";
export const setShortcuts = (isOn: boolean): void =>
  localStorage.setItem(kept, isOn ? "on" : "off");

export type Shortcuts = Readonly<Record<string, () => void>>;

const patienceMs = 1200;
let before = { key: "", at: 0 };

/** "g i" is g and then i. What is pressed inside of a field, a dialog or with a modifier is not ours. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!areShortcutsOn() || isElsewhere(event.target)) return;
      const isPair = before.key !== "" && event.timeStamp - before.at < patienceMs;
      const pair = isPair ? shortcuts[`${before.key} ${event.key}`] : undefined;
      const act = pair ?? shortcuts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [shortcuts]);
}

/** Remembers the last key for all who listen; once, by the frame. */
export function useLastKey(): void {
  useEffect(() => {
    const remember = ({ key, timeStamp }: KeyboardEvent) => {
      // After all listeners of this press.
      setTimeout(() => {
        before = { key, at: timeStamp };
      });
    };
    window.addEventListener("keydown", remember, { capture: true });
    return () => window.removeEventListener("keydown", remember, { capture: true });
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]") !== null
  );
}

/** Puts the focus on the next or the previous row of the list that the page shows. */
export function moveAlongRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  const target = next?.matches("a, button") ? next : next?.querySelector<HTMLElement>("a, button");
  target?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** The order of the row that has the focus. */
export const focusedReference = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-reference]")?.dataset.reference;
