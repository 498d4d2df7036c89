import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { findOrders } from "../api/use-orders.ts";
import { words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { useGo } from "./use-go.ts";

/** One field for whatever the customer reads out. What only one order has opens that order. */
export function SearchField() {
  const { shell } = words();
  const [text, setText] = useState("");
  const go = useGo();
  const client = useQueryClient();

  const search = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    if (wanted === "") return;
    const list = `/orders?q=${encodeURIComponent(wanted)}`;
    const found = await findOrders(client, wanted).catch(() => undefined);
    const [first, second] = found?.orders ?? [];
    go(first && !second ? `/orders/${first.reference}` : list);
    setText("");
  };
  return (
    <search className="search">
      <form onSubmit={search}>
        <TextInput
          data-search
          type="search"
          name="q"
          autoComplete="off"
          aria-label={shell.search}
          title={`${shell.searchHint} (/)`}
          placeholder={shell.searchHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<Icon name="search" />}
          maxLength={200}
        />
      </form>
    </search>
  );
}
