import { Button } from "@mantine/core";
import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { useForbidden, useMe } from "../api/use-me.ts";
import { usePages } from "../api/use-pages.ts";
import { words } from "../language/words.ts";
import { Loading } from "../shell/loading.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useNow } from "../shell/use-now.ts";
import { formatNumber, formatTime } from "../words/format-time.ts";

const text = bounded(5000);
const messageSchema = z.object({
  id: z.int(),
  hook: z.int(),
  url: text,
  type: text,
  reference: text,
  madeAt: z.iso.datetime(),
  state: z.enum(["waiting", "arrived", "given up"]),
  tries: z.array(
    z.object({
      at: text,
      status: z.nullable(z.int()),
      tookMs: z.int(),
      error: z.nullable(text),
      answer: z.nullable(text),
    }),
  ),
});
type Message = Readonly<z.infer<typeof messageSchema>>;
const pageSchema = z.object({ messages: z.array(messageSchema), next: z.nullable(text) });

/** What hooks were told and what they answered; of one hook, or of all. Asked for whom the server answers. */
export function OutgoingMessages({ hook }: { readonly hook?: number }) {
  const isKnown = useMe() !== undefined;
  const forbidden = useForbidden("tech");
  if (forbidden) return <p className="panel empty">{forbidden}</p>;
  return isKnown ? <Messages hook={hook} /> : <Loading />;
}

function Messages({ hook }: { readonly hook: number | undefined }) {
  const { events: say, shell } = words();
  const path = hook === undefined ? "/api/hooks/messages" : `/api/hooks/${hook}/messages`;
  const query = usePages(["hook-messages", hook], path, {}, pageSchema);
  const now = useNow();
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  if (query.isPending) return <Loading />;
  if (query.isError) return <Trouble error={query.error} onRetry={query.refetch} />;
  if (messages.length === 0) return <p className="panel empty">{say.noneOut}</p>;
  return (
    <>
      <Sheet
        caption={say.outgoing}
        columns={[
          { name: say.columns.type },
          { name: say.out.to },
          { name: say.columns.came },
          { name: say.out.state },
          { name: say.out.answer },
          { name: say.columns.order },
        ]}
        rows={messages.map((message) => ({
          key: String(message.id),
          cells: [
            <Told key="told" message={message} />,
            <span key="to" className="breaks">
              {message.url}
            </span>,
            formatTime(new Date(message.madeAt), now, "with seconds"),
            <State key="state" message={message} />,
            lastAnswer(message),
            <OrderLink key="order" reference={message.reference} shopOrder={null} />,
          ],
        }))}
      />
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {shell.more_}
        </Button>
      )}
    </>
  );
}

function lastAnswer({ tries }: Message): string {
  const { events: say } = words();
  const last = tries.at(-1);
  if (!last) return "–";
  const what = last.status === null ? (last.error ?? say.noAnswer) : String(last.status);
  return `${say.tries(tries.length)}; ${what}; ${formatNumber(last.tookMs)} ms`;
}

/** What the message says, asked for when somebody opens it; and what the receiver said to each try. */
function Told({ message }: { readonly message: Message }) {
  const [isOpen, setOpen] = useState(false);
  const path = `/api/hooks/${message.hook}/messages/${message.id}`;
  const schema = z.object({ payload: z.unknown() });
  const { data, error } = useLoad(["hook-message", message.id], path, schema, {
    isWanted: isOpen,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{message.type}</summary>
      {error && <p>{error.message}</p>}
      {data !== undefined && <pre>{JSON.stringify(data.payload, null, 2)}</pre>}
      {message.tries.map((one) => (
        <p key={one.at} className="soft breaks">
          {one.status ?? ""} {one.error ?? one.answer}
        </p>
      ))}
    </details>
  );
}

function State({ message }: { readonly message: Message }) {
  const { events: say } = words();
  const replay = useChange(z.object({ ok: z.boolean() }), "hook-messages");
  const path = `/api/hooks/${message.hook}/messages/${message.id}/replay`;
  return (
    <>
      {say.states[message.state]}{" "}
      {message.state !== "waiting" && (
        <Button
          size="xs"
          variant="default"
          loading={replay.isPending}
          onClick={() => replay.mutate({ path })}
        >
          {say.replay}
        </Button>
      )}
      <span role="status">
        {replay.error?.message}
        {replay.data && say.replayed}
      </span>
    </>
  );
}
