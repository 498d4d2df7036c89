import { Button, NativeSelect } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { type ManyDeed, useDecideOnMany } from "../api/decide-on-many.ts";
import type { Group } from "../api/use-inbox.ts";
import { useForbidden, useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { tell } from "../shell/told.ts";
import { snoozeTime, snoozeWhens } from "../words/snooze-time.ts";
import { useSuggestion } from "./use-suggestion.ts";

const RetryPlan = lazy(() => import("./retry-plan.tsx"));
const NameSheet = lazy(() =>
  import("../order-page/sheets/name-sheet.tsx").then((m) => ({ default: m.NameSheet })),
);

/** What is decided on all orders of one cause. */
export function CardActions({ group }: { readonly group: Group }) {
  const { inbox: say, deeds } = words();
  const [opened, setOpened] = useState<"plan" | "name" | undefined>();
  const forbidden = useForbidden();
  const notTech = useForbidden("tech");
  const suggestion = useSuggestion();
  const { count, orders, fingerprint, provider, operation, name } = group;
  const suggested = orders.filter((order) => order.suggested.length > 0);
  const close = () => setOpened(undefined);
  return (
    <fieldset className="actions">
      <legend className="visually-hidden">{say.cardActions}</legend>
      {suggested.length > 1 && (
        <Button
          disabled={!!forbidden}
          loading={suggestion.isPending}
          onClick={() => suggestion.mutate(suggested)}
        >
          {say.applyAll(suggested.length)}
        </Button>
      )}
      <Button
        variant={count > 1 && suggested.length < 2 ? "filled" : "default"}
        disabled={!!forbidden}
        onClick={() => setOpened("plan")}
      >
        {count > 1 ? say.retryAll : say.tryAgainOne}
      </Button>
      {fingerprint && name === null && (
        <Button
          variant="default"
          disabled={!!notTech}
          title={notTech}
          onClick={() => setOpened("name")}
        >
          {deeds.name}
        </Button>
      )}
      <Care group={group} isForbidden={!!forbidden} />
      {forbidden && <span>{forbidden}</span>}
      {suggestion.error && <p role="alert">{suggestion.error.message}</p>}
      <Suspense>
        {opened === "plan" && <RetryPlan group={group} onClose={close} />}
        {opened === "name" && fingerprint && operation !== null && (
          <NameSheet
            cause={{ provider, operation, fingerprint }}
            message={orders[0]?.message ?? null}
            onClose={close}
          />
        )}
      </Suspense>
    </fieldset>
  );
}

/** Takes all of them, or puts them off; both can be undone. */
function Care({ group, isForbidden }: { readonly group: Group; readonly isForbidden: boolean }) {
  const { inbox: say, deeds } = words();
  const me = useMe()?.name;
  const decide = useDecideOnMany();
  const orders = group.orders.map(({ reference }) => reference);
  const isMine = me !== undefined && group.orders.every(({ assignedTo }) => assignedTo === me);
  // By its promise: the card may be gone by then.
  const make = (deed: ManyDeed, back: ManyDeed) =>
    void decide.mutateAsync({ ...deed, orders }).then(
      ({ made }) => tell(deeds.did.selected(made.length), () => decide.mutate({ ...back, orders })),
      (error: Error) => tell(error.message),
    );
  const toMe: ManyDeed = { deed: "assign", ...(me ? { to: me } : {}) };
  const assign = () => (isMine ? make({ deed: "assign" }, toMe) : make(toMe, { deed: "assign" }));
  const snooze = (until: Date) =>
    make({ deed: "snooze", until: until.toISOString() }, { deed: "snooze" });
  return (
    <>
      <Button
        variant="default"
        disabled={isForbidden || me === undefined}
        loading={decide.isPending}
        onClick={assign}
      >
        {isMine ? deeds.giveBack : say.assign}
      </Button>
      <NativeSelect
        aria-label={deeds.snooze}
        disabled={isForbidden}
        value=""
        onChange={({ currentTarget: { value } }) => {
          const when = snoozeWhens.find((one) => one === value);
          if (when) snooze(snoozeTime(when, new Date()));
        }}
        data={[
          { value: "", label: say.snooze },
          ...snoozeWhens.map((when) => ({ value: when, label: say.snoozeFor[when] })),
        ]}
      />
    </>
  );
}
