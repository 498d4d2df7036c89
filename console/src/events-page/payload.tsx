import { useState } from "react";
import { z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";

const schema = z.object({ payload: z.unknown() });

/** What the letter said, without whom it is about; asked for when somebody opens it. */
export function Payload({ id, type }: { readonly id: string; readonly type: string }) {
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useLoad(["event", id], `/api/events/${id}/payload`, schema, {
    isWanted: isOpen,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{type}</summary>
      <code>{id}</code>
      {error && <p>{error.message}</p>}
      {data !== undefined && <pre>{JSON.stringify(data.payload, null, 2)}</pre>}
    </details>
  );
}
