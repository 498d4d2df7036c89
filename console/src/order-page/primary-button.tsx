import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useForbidden } from "../api/use-me.ts";
import type { PrimaryDeed } from "./primary-deed.ts";
import { useDeeds } from "./use-deeds.tsx";

/** Who may not press it sees it all the same, and who can. */
export function PrimaryButton({ primary }: { readonly primary: PrimaryDeed }) {
  const ask = useDeeds();
  const { name, deed, to, needs } = primary;
  const forbidden = useForbidden(needs);
  if (to) {
    return (
      <Link to={to} className="button primary" title="e">
        {name}
      </Link>
    );
  }
  return (
    <Button onClick={() => deed && ask(deed)} disabled={!!forbidden} title={forbidden ?? "e"}>
      {name}
    </Button>
  );
}
