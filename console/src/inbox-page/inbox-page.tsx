import { useEffect, useState } from "react";
import { type Inbox, keyOf, useInbox, type Who } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { Announcement } from "../orders-page/announcement.tsx";
import { Loading } from "../shell/loading.tsx";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { keepNeighbours } from "../shell/neighbours.ts";
import { Trouble } from "../shell/trouble.tsx";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { CauseCard } from "./cause-card.tsx";
import { MendedToday } from "./mended-today.tsx";
import { NothingNeedsYou } from "./nothing-needs-you.tsx";
import { ProviderChips } from "./provider-chips.tsx";
import { Retries } from "./retries.tsx";
import { TodayStrip } from "./today-strip.tsx";
import { useInboxKeys } from "./use-inbox-keys.ts";

const sections: readonly Who[] = ["manager", "finance", "developer", "nobody"];

/** Home: what needs whom. */
export function InboxPage() {
  const { inbox: say } = words();
  const [withSnoozed, setWithSnoozed] = useState(false);
  const { data: inbox, error, isError, refetch } = useInbox(withSnoozed);
  const needing = inbox?.needsYou ?? 0;
  usePageTitle(needing > 0 ? `(${needing}) ${say.title}` : say.title);
  return (
    <>
      <h1 className="visually-hidden">{say.title}</h1>
      {inbox && <Content inbox={inbox} />}
      {inbox && inbox.snoozed > 0 && (
        <p>
          <button type="button" className="quiet" onClick={() => setWithSnoozed(!withSnoozed)}>
            {withSnoozed ? say.hideSnoozed : say.showSnoozed(inbox.snoozed)}
          </button>
        </p>
      )}
      {!inbox && (isError ? <Trouble error={error} onRetry={refetch} /> : <Loading />)}
    </>
  );
}

function Content({ inbox }: { readonly inbox: Inbox }) {
  const now = useNow();
  const { inbox: say } = words();
  const ofWhom = (who: Who) => inbox.groups.filter((group) => group.who === who);
  const shown = sections.flatMap(ofWhom).flatMap(({ orders }) => orders);
  const references = shown.map(({ reference }) => reference).join(" ");
  useEffect(() => keepNeighbours(references.split(" ")), [references]);
  useInboxKeys(shown);
  return (
    <>
      <Announcement counts={inbox.counts} />
      <Retries now={now} />
      {inbox.needsYou === 0 && <NothingNeedsYou inbox={inbox} now={now} />}
      {sections.map((who) => {
        const groups = ofWhom(who);
        if (groups.length === 0) return null;
        const count = groups.reduce((sum, group) => sum + group.count, 0);
        return (
          <section key={who} className="inbox-section" aria-labelledby={`for-${who}`}>
            <h2 id={`for-${who}`}>
              <MarkIcon mark={who === "nobody" ? "waiting" : "needs-you"} />
              {say.groups[who]} <span className="inbox-count">{say.orders(count)}</span>
            </h2>
            {groups.map((group) => (
              <CauseCard key={keyOf(group)} group={group} now={now} />
            ))}
          </section>
        );
      })}
      <TodayStrip inbox={inbox} now={now} />
      <MendedToday mended={inbox.mended} now={now} />
      <ProviderChips />
    </>
  );
}
