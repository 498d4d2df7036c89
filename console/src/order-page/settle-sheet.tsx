import { Button, Drawer, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type Hold, useDecide } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { providerName } from "../words/provider-name.ts";
import { stepName } from "../words/step-words.ts";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Drawer.layer.css";

interface SettleSheetProps {
  readonly order: OrderDetail;
  readonly hold: Hold;
  readonly onClose: () => void;
}

/** A person looked where Ordna cannot: it is there, with its number, or it is not there. */
export default function SettleSheet({ order, hold, onClose }: SettleSheetProps) {
  const { order: say, shell } = words();
  const names = hold.byHand.length > 0 ? hold.byHand : ["id"];
  const [output, setOutput] = useState<Readonly<Record<string, string>>>({});
  const decide = useDecide(order.reference);
  const key = useRef(crypto.randomUUID());
  const settle = (isThere: boolean) => {
    const body = { isThere, output: isThere ? output : {} };
    const path = `steps/${hold.step}/settle`;
    decide.mutate({ path, body, key: `${key.current}-${isThere}` }, { onSuccess: onClose });
  };
  const isNamed = names.every((name) => (output[name] ?? "").trim() !== "");
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      lockScroll={false}
      title={`${providerName(hold.provider)}: ${stepName(hold.step)}`}
      closeButtonProps={{ "aria-label": shell.close }}
      className="fix-sheet"
    >
      <p>{say.enterNumbers}</p>
      {names.map((name) => (
        <TextInput
          key={name}
          label={name}
          autoComplete="off"
          value={output[name] ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setOutput((before) => ({ ...before, [name]: value }))
          }
        />
      ))}
      <p role="alert">{decide.error && shell.failed(decide.error.message)}</p>
      <div className="actions">
        <Button disabled={!isNamed} loading={decide.isPending} onClick={() => settle(true)}>
          {say.itIsThere}
        </Button>
        <Button variant="default" loading={decide.isPending} onClick={() => settle(false)}>
          {say.itIsNotThere}
        </Button>
      </div>
    </Drawer>
  );
}
