import { Button } from "@mantine/core";
import { useState } from "react";
import { words } from "../language/words.ts";

interface ShownOnceProps {
  readonly why: string;
  readonly secret: string;
}

/** A link, a key or a secret that nobody sees again. */
export function ShownOnce({ why, secret }: ShownOnceProps) {
  const { shell } = words();
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      // It stands there to be marked and copied by hand.
      () => setCopied(false),
    );
  return (
    <div className="once" role="status">
      <p>{why}</p>
      <code>{secret}</code>
      <Button variant="default" size="xs" onClick={copy}>
        {isCopied ? shell.copied : shell.copy}
      </Button>
    </div>
  );
}
