import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import { useDecideOnMany } from "../api/decide-on-many.ts";
import type { OrderGlance } from "../api/order-schema.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { type Shortcuts, useShortcuts } from "../shell/keyboard.ts";
import { saveOrders } from "./save-orders.ts";
import { usePrintSelected } from "./use-print-selected.ts";

interface SelectionBarProps {
  readonly orders: readonly OrderGlance[];
  readonly onClear: () => void;
}

/** What is done with the selected orders at once. It stays in sight as long as anything is selected. */
export function SelectionBar({ orders, onClear }: SelectionBarProps) {
  const { orders: say, shell, deeds } = words();
  const [isAsking, setAsking] = useState(false);
  const decide = useDecideOnMany();
  const print = usePrintSelected();
  const forbidden = useForbidden();
  const references = orders.map(({ reference }) => reference);
  const retry = () => decide.mutate({ deed: "retry", orders: references });
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      r: () => document.querySelector<HTMLButtonElement>("[data-retry-selected]")?.click(),
      p: () => document.querySelector<HTMLButtonElement>("[data-print-selected]")?.click(),
      h: () => setAsking(true),
    }),
    [],
  );
  useShortcuts(shortcuts);
  return (
    <section className="panel selection" aria-label={say.selected(orders.length)}>
      <div className="actions">
        <strong>{say.selected(orders.length)}</strong>
        <Button
          variant="default"
          disabled={!!forbidden}
          loading={print.isPending}
          title="p"
          data-print-selected
          onClick={() => print.mutate(orders)}
        >
          {say.printSelected}
        </Button>
        <Button
          variant="default"
          disabled={!!forbidden}
          loading={decide.isPending}
          title="r"
          data-retry-selected
          onClick={retry}
        >
          {say.tryAgainSelected}
        </Button>
        <Button
          variant="default"
          disabled={!!forbidden}
          title="h"
          aria-expanded={isAsking}
          onClick={() => setAsking(!isAsking)}
        >
          {deeds.hold}
        </Button>
        <Button variant="default" onClick={() => saveOrders(orders)}>
          {shell.download}
        </Button>
        <Button variant="default" onClick={onClear}>
          {say.selectNone}
        </Button>
        {forbidden && <span>{forbidden}</span>}
      </div>
      {isAsking && (
        <HoldForm
          isPending={decide.isPending}
          onHold={(reason) => {
            setAsking(false);
            decide.mutate({ deed: "hold", orders: references, reason });
          }}
        />
      )}
      <Result decide={decide} print={print} orders={orders} />
    </section>
  );
}

/** One reason for all of them. */
function HoldForm(props: {
  readonly isPending: boolean;
  readonly onHold: (reason: string) => void;
}) {
  const { deeds } = words();
  const [why, setWhy] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why.trim() !== "") props.onHold(why.trim());
  };
  return (
    <form onSubmit={submit} className="fields">
      <TextInput
        label={deeds.why}
        value={why}
        maxLength={300}
        data-autofocus
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
      <Button type="submit" disabled={why.trim() === ""} loading={props.isPending}>
        {deeds.hold}
      </Button>
    </form>
  );
}

interface ResultProps {
  readonly decide: ReturnType<typeof useDecideOnMany>;
  readonly print: ReturnType<typeof usePrintSelected>;
  readonly orders: readonly OrderGlance[];
}

function Result({ decide, print, orders }: ResultProps) {
  const { deeds, orders: say } = words();
  const { data, error } = decide;
  const numberOf = (reference: string) =>
    orders.find((order) => order.reference === reference)?.shopOrder ?? reference;
  return (
    <div role="status">
      {(error ?? print.error) && <p>{(error ?? print.error)?.message}</p>}
      {print.data !== undefined && <p>{say.printed(print.data)}</p>}
      {data && <p>{deeds.did.selected(data.made.length)}</p>}
      {data && data.refused.length > 0 && (
        <>
          <p>{deeds.did.someRefused(data.refused.length)}</p>
          <ul>
            {data.refused.map(({ reference, why }) => (
              <li key={reference}>
                {numberOf(reference)}: {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
