import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { saveFile } from "../shell/save-csv.ts";
import { fetchLabels, type Label, markPrinted } from "./use-labels.ts";
import { useMarkPrinted, usePrint } from "./use-print.ts";

interface PrintAllProps {
  readonly labels: readonly Label[];
  /** What a scanner may name: also what was printed before. */
  readonly scannable: readonly Label[];
}

export function PrintAll({ labels, scannable }: PrintAllProps) {
  const { print: say, shell } = words();
  const print = usePrint();
  const mark = useMarkPrinted();
  const forbidden = useForbidden();
  const [trouble, setTrouble] = useState("");
  const saveZpl = async () => {
    try {
      saveFile("labels.zpl", await fetchLabels(labels, "zpl"), "text/plain");
      await markPrinted(labels);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className="panel print-all" aria-label={say.title}>
      {labels.length === 0 && <p>{say.none}</p>}
      {labels.length > 0 && (
        <div className="actions">
          <Button
            size="md"
            disabled={forbidden !== undefined}
            loading={print.isPending}
            onClick={() => print.mutate(labels)}
          >
            {say.all(labels.length)}
          </Button>
          <Button variant="default" disabled={forbidden !== undefined} onClick={saveZpl}>
            {say.zpl}
          </Button>
          <Button
            variant="default"
            disabled={forbidden !== undefined}
            loading={mark.isPending}
            onClick={() => mark.mutate(labels)}
          >
            {say.mark}
          </Button>
        </div>
      )}
      {scannable.length > 0 && (
        <Scan labels={scannable} onFound={(label) => print.mutate([label])} />
      )}
      <p role="status">
        {print.data && say.done(print.data.count)}
        {print.error && shell.failed(print.error.message)}
        {mark.data && say.marked(mark.data.printed)}
        {mark.error && shell.failed(mark.error.message)}
        {trouble || forbidden}
      </p>
      {print.data && (
        <a href={print.data.url} target="_blank" rel="noreferrer">
          {say.open} <span className="visually-hidden">{shell.newTab}</span>
        </a>
      )}
    </section>
  );
}

interface PrintSomeProps {
  readonly service: string;
  readonly labels: readonly Label[];
}

/** The labels of one service as one document. */
export function PrintSome({ service, labels }: PrintSomeProps) {
  const print = usePrint();
  const forbidden = useForbidden();
  return (
    <>
      <Button
        variant="default"
        disabled={forbidden !== undefined}
        loading={print.isPending}
        onClick={() => print.mutate(labels)}
      >
        {words().print.printService(service)}
      </Button>
      {print.error && <p role="alert">{print.error.message}</p>}
    </>
  );
}

interface ScanProps {
  readonly labels: readonly Label[];
  readonly onFound: (label: Label) => void;
}

/** A scanner types the number and presses Enter. */
function Scan({ labels, onFound }: ScanProps) {
  const { print: say } = words();
  const [text, setText] = useState("");
  const [missed, setMissed] = useState("");
  const find = (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    const found = labels.find(
      ({ trackingNumber, shopOrder, reference }) =>
        wanted !== "" && [trackingNumber, shopOrder, reference].includes(wanted),
    );
    setMissed(found ? "" : wanted);
    if (found) onFound(found);
    setText("");
  };
  return (
    <form onSubmit={find} className="scan">
      <TextInput
        aria-label={say.scan}
        placeholder={say.scan}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={missed ? say.scanNone(missed) : undefined}
      />
    </form>
  );
}
