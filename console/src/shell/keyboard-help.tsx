import { Modal, Switch } from "@mantine/core";
import { useState } from "react";
import { words } from "../language/words.ts";
import { areShortcutsOn, setShortcuts } from "./keyboard.ts";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Switch.layer.css";

export default function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const { shell } = words();
  const [isOn, setOn] = useState(areShortcutsOn);
  const { keys } = shell;
  const rows = [
    ["/", keys.search],
    ["Ctrl K", keys.commands],
    ["g i", keys.inbox],
    ["g o", keys.orders],
    ["g p", keys.print],
    ["j k", keys.nextPrevious],
    ["Enter", keys.open],
    ["x", keys.select],
    ["e", keys.fix],
    ["r", keys.retry],
    ["h", keys.hold],
    ["a", keys.take],
    ["n", keys.note],
    ["p", keys.label],
    ["[ ]", keys.neighbours],
    ["d", keys.theme],
    ["?", keys.help],
    ["Esc", keys.back],
  ] as const;
  return (
    <Modal
      opened
      onClose={onClose}
      title={shell.helpTitle}
      lockScroll={false}
      closeButtonProps={{ "aria-label": shell.close }}
    >
      <Switch
        label={shell.shortcutsOn}
        checked={isOn}
        onChange={({ currentTarget }) => {
          setOn(currentTarget.checked);
          setShortcuts(currentTarget.checked);
        }}
      />
      <dl className="key-list">
        {rows.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
