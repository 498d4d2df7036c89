import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useForbidden } from "../api/use-me.ts";
import { usePages } from "../api/use-pages.ts";
import { words } from "../language/words.ts";
import { Loading } from "../shell/loading.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { formatTime } from "../words/format-time.ts";
import { OutgoingMessages } from "./outgoing-messages.tsx";
import { Payload } from "./payload.tsx";
import "../style/office.css";

const text = bounded(5000);
const dispositions = ["received", "opened", "joined", "ignored", "quarantined"] as const;
const eventSchema = z.object({
  id: text,
  type: text,
  disposition: z.enum(dispositions),
  reason: z.nullable(text),
  reference: z.nullable(text),
  shopOrder: z.nullable(text),
  deliveries: z.int(),
  receivedAt: z.iso.datetime(),
});
type Event = Readonly<z.infer<typeof eventSchema>>;
const pageSchema = z.object({ events: z.array(eventSchema), next: z.nullable(text) });

/** What came in, and what went out. */
export function EventsPage() {
  const { events: say } = words();
  const isDeveloper = useForbidden("tech") === undefined;
  usePageTitle(say.title);
  return (
    <>
      <h1>{say.title}</h1>
      <p className="intro">{say.intro}</p>
      <Incoming />
      {isDeveloper && (
        <section aria-labelledby="outgoing">
          <h2 id="outgoing">{say.outgoing}</h2>
          <OutgoingMessages />
        </section>
      )}
    </>
  );
}

function Incoming() {
  const { events: say, shell } = words();
  const [wanted, setWanted] = useState("");
  const [find, setFind] = useState("");
  const asked = {
    disposition: wanted,
    find: /^[\w:-]{1,255}$/.test(find.trim()) ? find.trim() : "",
  };
  const query = usePages(
    ["orders", "events", wanted, asked.find],
    "/api/events",
    asked,
    pageSchema,
  );
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section aria-labelledby="incoming">
      <h2 id="incoming">{say.incoming}</h2>
      <div className="fields">
        <NativeSelect
          label={say.columns.verdict}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data={[
            { value: "", label: say.dispositions.all },
            ...dispositions.map((value) => ({ value, label: say.dispositions[value] })),
          ]}
        />
        <TextInput
          label={say.find}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      </div>
      {query.isPending && <Loading />}
      {query.isError && <Trouble error={query.error} onRetry={query.refetch} />}
      {query.data && events.length === 0 && <p className="panel empty">{say.none}</p>}
      {events.length > 0 && <EventSheet events={events} />}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {shell.more_}
        </Button>
      )}
    </section>
  );
}

function EventSheet({ events }: { readonly events: readonly Event[] }) {
  const { events: say } = words();
  const now = useNow();
  return (
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
            <OrderLink key="order" reference={event.reference} shopOrder={event.shopOrder} />
          ) : (
            "–"
          ),
        ],
      }))}
    />
  );
}

function Verdict({ event }: { readonly event: Event }) {
  const { events: say } = words();
  const client = useQueryClient();
  const forbidden = useForbidden("tech");
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
          disabled={forbidden !== undefined}
          title={forbidden}
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
