import { Button } from "@mantine/core";
import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { useForbidden } from "../api/use-me.ts";
import { useStatus } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { formatDay } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";

const text = bounded(200);
const bookSchema = z.object({
  books: text,
  closedUntil: z.nullable(text),
  closedBy: z.nullable(text),
});
type Book = Readonly<z.infer<typeof bookSchema>>;

/** Closing a month: here where the books are ours, elsewhere where they are another's. */
export function CloseMonth({ month }: { readonly month: string }) {
  const { invoices: say } = words();
  const schema = z.object({ books: z.array(bookSchema) });
  const { data } = useLoad(["orders", "books"], "/api/books", schema);
  const keepers = (useStatus().data?.providers ?? [])
    .filter(({ role, provider }) => role === "accounting" && provider !== "builtin")
    .map(({ provider }) => providerName(provider));
  return (
    <section className="panel" aria-labelledby="closing">
      <h2 id="closing">{say.closing}</h2>
      {[...new Set(keepers)].map((keeper) => (
        <p key={keeper}>{say.closedElsewhere(keeper)}</p>
      ))}
      {data?.books.map((book) => (
        <CloseBooks key={book.books} book={book} month={month} />
      ))}
    </section>
  );
}

const lastDayOf = (month: string) => {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

interface CloseBooksProps {
  readonly book: Book;
  readonly month: string;
}

function CloseBooks({ book, month }: CloseBooksProps) {
  const { invoices: say, shell } = words();
  const forbidden = useForbidden("money");
  const [isSure, setSure] = useState(false);
  const close = useChange(z.object({ decision: z.int() }), "orders");
  const { closedUntil, closedBy } = book;
  const isClosed = closedUntil !== null && closedUntil >= lastDayOf(month);
  const run = () => close.mutate({ path: `/api/books/${book.books}/close`, body: { month } });
  return (
    <>
      <p>
        {book.books}:{" "}
        {closedUntil ? say.closed(formatDay(closedUntil), closedBy ?? "") : say.notClosed}
      </p>
      {!isClosed && (
        <>
          <p className="soft">{say.closeWhy}</p>
          <div className="actions">
            {isSure ? (
              <>
                <Button loading={close.isPending} onClick={run}>
                  {say.sure}
                </Button>
                <Button variant="default" onClick={() => setSure(false)}>
                  {shell.cancel}
                </Button>
              </>
            ) : (
              <Button
                variant="default"
                disabled={forbidden !== undefined}
                onClick={() => setSure(true)}
              >
                {say.close(month)}
              </Button>
            )}
          </div>
        </>
      )}
      <p role="status">{close.error?.message ?? forbidden}</p>
    </>
  );
}
