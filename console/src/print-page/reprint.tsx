import { Button } from "@mantine/core";
import { words } from "../language/words.ts";
import type { Label } from "./use-labels.ts";
import { usePrint } from "./use-print.ts";

/** This label alone, whether or not it was printed before. */
export function Reprint({ label }: { readonly label: Label }) {
  const { print: say } = words();
  const print = usePrint();
  const number = label.shopOrder ?? label.reference;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={print.isPending}
        onClick={() => print.mutate([label])}
        aria-label={say.reprint(number)}
      >
        {say.reprintShort}
      </Button>
      {print.error && <p role="alert">{print.error.message}</p>}
    </>
  );
}
