import { Button } from "@mantine/core";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import type { Label } from "./use-labels.ts";
import { usePrint } from "./use-print.ts";

/** This label alone, whether or not it was printed before. */
export function Reprint({ label }: { readonly label: Label }) {
  const { print: say } = words();
  const print = usePrint();
  const forbidden = useForbidden();
  const number = label.shopOrder ?? label.reference;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={print.isPending}
        disabled={forbidden !== undefined}
        title={forbidden}
        onClick={() => print.mutate([label])}
        aria-label={say.reprint(number)}
      >
        {say.reprintShort}
      </Button>
      {print.error && <p role="alert">{print.error.message}</p>}
    </>
  );
}
