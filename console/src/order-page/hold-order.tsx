import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useDecide, useDecisions } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";

/** Holds the order back, or lets it go on. */
export function HoldOrder({ order }: { readonly order: OrderDetail }) {
  const { order: say, shell } = words();
  const held = useDecisions(order.reference).data?.held;
  const decide = useDecide(order.reference);
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  if (order.state === "done" || order.state === "cancelled") return null;
  const hold = (event: FormEvent) => {
    event.preventDefault();
    const body = { reason: why.trim() };
    const decision = { path: "hold", body, key: crypto.randomUUID() };
    decide.mutate(decision, { onSuccess: () => setAsking(false) });
  };
  const release = () => decide.mutate({ path: "release", body: {}, key: crypto.randomUUID() });
  return (
    <div className="hold-order">
      {held && (
        <p>
          <strong>{say.onHold}:</strong> {held.because}
        </p>
      )}
      {held && (
        <Button variant="default" loading={decide.isPending} onClick={release}>
          {say.release}
        </Button>
      )}
      {!held && !isAsking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {say.hold}
        </Button>
      )}
      {!held && isAsking && (
        <form onSubmit={hold} className="fields">
          <TextInput
            label={say.heldWhy}
            value={why}
            maxLength={300}
            data-autofocus
            onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          />
          <Button type="submit" disabled={why.trim() === ""} loading={decide.isPending}>
            {say.hold}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {shell.cancel}
          </Button>
        </form>
      )}
      <p role="alert">{decide.error && shell.failed(decide.error.message)}</p>
    </div>
  );
}
