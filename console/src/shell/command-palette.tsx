import { Combobox, Modal, useCombobox } from "@mantine/core";
import { useEffect, useState } from "react";
import { useIsSimulated } from "../api/use-status.ts";
import { languageNow, languages, speak, words } from "../language/words.ts";
import { firstPages, pagesBehindMore } from "./pages.ts";
import { useColourScheme } from "./use-colour-scheme.ts";
import { useGo } from "./use-go.ts";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Combobox.layer.css";

interface Command {
  readonly name: string;
  readonly keys?: string;
  readonly run: () => void;
}

interface PaletteProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** Every page and every choice by its name. */
export default function CommandPalette({ onClose, onHelp }: PaletteProps) {
  const { shell, orders } = words();
  const [text, setText] = useState("");
  const combobox = useCombobox();
  const wanted = text.trim().toLocaleLowerCase();
  const shown = useCommands(onHelp).filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const go = useGo();
  const search: Command = {
    name: `${shell.search}: ${text}`,
    run: () => go(`/orders?q=${encodeURIComponent(text.trim())}`),
  };
  const all = wanted === "" ? shown : [...shown, search];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first one is chosen anew with every letter
  useEffect(() => void combobox.selectFirstOption(), [text]);
  const submit = (index: string) => {
    onClose();
    all[Number(index)]?.run();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      lockScroll={false}
      title={shell.commands}
    >
      <Combobox store={combobox} onOptionSubmit={submit}>
        <Combobox.EventsTarget>
          <input
            className="palette-field"
            data-autofocus
            aria-label={shell.commandHint}
            placeholder={shell.commandHint}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options aria-label={orders.title} className="palette-options">
          {all.map(({ name, keys }, index) => (
            <Combobox.Option key={name} value={String(index)}>
              <span>{name}</span>
              {keys && <kbd>{keys}</kbd>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox>
    </Modal>
  );
}

function useCommands(onHelp: () => void): readonly Command[] {
  const { shell, orders } = words();
  const go = useGo();
  const hasLab = useIsSimulated("payments");
  const { toggle } = useColourScheme();
  const views = ["needs-you", "waiting", "today", "not-printed"] as const;
  return [
    ...[...firstPages, ...pagesBehindMore(hasLab)].map(({ key, to, keys }) => ({
      name: shell.goTo(shell[key]),
      keys,
      run: () => go(to),
    })),
    ...views.map((view) => ({
      name: `${orders.title}: ${orders.views[view]}`,
      run: () => go(`/orders?view=${view}`),
    })),
    { name: shell.theme, keys: "d", run: toggle },
    ...languages
      .filter((one) => one !== languageNow())
      .map((one) => ({
        name: `${shell.language}: ${shell.languages[one]}`,
        run: () => speak(one),
      })),
    { name: shell.help, keys: "?", run: onHelp },
  ];
}
