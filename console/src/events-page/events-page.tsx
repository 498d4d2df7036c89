import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";
import { Payload } from "./payload.tsx";

const text = bounded(5000);
const dispositions = ["received", "opened", "joined", "ignored", "quarantined"] as const;
const eventSchema = z.object({
  id: text,
  type: text,
  disposition: z.enum(dispositions),
  reason: z.nullable(text),
  reference: z.nullable(text),
  deliveries: z.int(),
  receivedAt: z.iso.datetime(),
});
type Event = Readonly<z.infer<typeof eventSchema>>;

export function EventsPage() {
  const { events: say } = words();
  const [wanted, setWanted] = useState("");
  const now = useNow();
  const query = new URLSearchParams({ limit: "100", ...(wanted ? { disposition: wanted } : {}) });
  const choice = (
    <NativeSelect
      aria-label={say.columns.verdict}
      value={wanted}
      onChange={(event) => setWanted(event.currentTarget.value)}
      data={[
        { value: "", label: say.dispositions.all },
        ...dispositions.map((value) => ({ value, label: say.dispositions[value] })),
      ]}
    />
  );
  const schema = z.object({ events: z.array(eventSchema) });
  return (
    <OfficePage
      title={say.title}
      intro={say.intro}
      aside={choice}
      query={useLoad(["orders", "events", wanted], `/api/events?${query}`, schema)}
    >
      {({ events }) =>
        events.length === 0 ? (
          <p className="panel empty">{say.none}</p>
        ) : (
          <Sheet
            caption={say.incoming}
            columns={[
              { name: say.columns.type },
              { name: say.columns.came },
              { name: say.columns.times, isAmount: true },
              { name: say.columns.verdict },
              { name: say.columns.order },
            ]}
            rows={events.map((event) => ({
              key: event.id,
              cells: [
                <Payload key="payload" id={event.id} type={event.type} />,
                formatTime(new Date(event.receivedAt), now, "with seconds"),
                say.times(event.deliveries),
                <Verdict key="verdict" event={event} />,
                event.reference ? (
                  <OrderLink key="order" reference={event.reference} shopOrder={null} />
                ) : (
                  "–"
                ),
              ],
            }))}
          />
        )
      }
    </OfficePage>
  );
}

function Verdict({ event }: { readonly event: Event }) {
  const { events: say } = words();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () =>
      postJson(z.object({ isReadAgain: z.boolean() }), `/api/events/${event.id}/read-again`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ["orders"] }),
  });
  return (
    <>
      {say.dispositions[event.disposition]}
      {event.reason && <small>{event.reason}</small>}
      {(event.disposition === "quarantined" || event.disposition === "received") && (
        <Button
          variant="default"
          size="xs"
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {say.again}
        </Button>
      )}
      <span role="status">
        {again.error?.message}
        {again.data && (again.data.isReadAgain ? say.readAgain : say.notAgain)}
      </span>
    </>
  );
}
